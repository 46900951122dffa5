import { findingOf, overlay, rootOf } from '../check.ts';
import { onlyPod } from '../pods.ts';
import { deployment } from '../workloads.ts';

test('is only noted on a path that works', async () => {
  const diagnosis = await overlay(deployment({ spec: { paused: true }, pods: true }));
  expect(findingOf(diagnosis, 'workload-paused').severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

test('matters while it holds a revision back and Pods fail', async () => {
  const held = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      replicas: 1,
      paused: true,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } } },
    },
    status: { replicas: 1, updatedReplicas: 0 },
  };
  const diagnosis = await overlay(onlyPod({}, held));
  expect(findingOf(diagnosis, 'workload-paused').severity).toBe('medium');
});

test('a Deployment that was paused before it made any Pod is the cause', async () => {
  const diagnosis = await overlay(deployment({ spec: { paused: true } }));
  expect(rootOf(diagnosis)).toBe('workload-paused');
  expect(findingOf(diagnosis, 'workload-paused').severity).toBe('critical');
});
