import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { onlyPod, waiting } from '../pods.ts';
import { deployment } from '../workloads.ts';

const STUCK = { conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }] };

test('is beneath what keeps the new Pods from being ready', async () => {
  const text = onlyPod(
    { state: waiting('ImagePullBackOff') },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop' },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } } },
      },
      status: STUCK,
    },
  );
  const diagnosis = await overlay(text);
  expect(rootOf(diagnosis)).toBe('pod-image-pull');
  expect(diagnosis.rootCauses[0]?.explained.map(({ rule }) => rule)).toContain('workload-progress-deadline');
});

test('with all Pods ready it takes nothing down', async () => {
  const diagnosis = await overlay(deployment({ status: STUCK, pods: true }));
  expect(findingOf(diagnosis, 'workload-progress-deadline').severity).toBe('medium');
  expect(diagnosis.verdict).toBe('healthy');
});

test('a rollout under way is left alone', async () => {
  const conditions = [{ type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated' }];
  const diagnosis = await overlay(deployment({ status: { conditions }, pods: true }));
  expect(rulesOf(diagnosis)).not.toContain('workload-progress-deadline');
});
