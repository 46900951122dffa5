import { findingOf, overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { toText } from '../pods.ts';
import { deployment } from '../workloads.ts';

const ZERO = { spec: { replicas: 0 } };

test('is the cause, and offers the smallest number that its autoscaler wants', async () => {
  const scaler = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', namespace: 'shop', labels: { 'app.kubernetes.io/managed-by': 'keda-operator' } },
    spec: { minReplicas: 3, maxReplicas: 9, scaleTargetRef: { kind: 'Deployment', name: 'web' } },
  };
  const diagnosis = await overlay(deployment(ZERO, scaler));
  expect(rootOf(diagnosis)).toBe('workload-zero-replicas');
  const { message, fix } = findingOf(diagnosis, 'workload-zero-replicas');
  expect(message).toContain('KEDA');
  expect(fix?.commands.map(({ run }) => run)).toContain('kubectl -n shop scale deployment/web --replicas=3');
});

test('an idle workload beside one that has Pods is left alone', async () => {
  const idle = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web-blue', namespace: 'shop' },
    spec: {
      replicas: 0,
      selector: { matchLabels: { app: 'web', track: 'blue' } },
      template: { metadata: { labels: { app: 'web', track: 'blue' } } },
    },
    status: {},
  };
  const diagnosis = await overlay(toText([idle]));
  expect(rulesOf(diagnosis)).not.toContain('workload-zero-replicas');
  expect(diagnosis.verdict).toBe('healthy');
});

test('tells enough where neither Pods nor EndpointSlices can be read', async () => {
  const diagnosis = await overlay(deployment(ZERO), { forbidden: ['Pod', 'EndpointSlice'] });
  expect(rootOf(diagnosis)).toBe('workload-zero-replicas');
  expect(diagnosis.verdict).toBe('failing');
  expect(statusOf(diagnosis)).toBe(503);
});

test('is known though StatefulSets cannot be read', async () => {
  const diagnosis = await overlay(deployment(ZERO), { forbidden: ['StatefulSet'] });
  expect(rootOf(diagnosis)).toBe('workload-zero-replicas');
});
