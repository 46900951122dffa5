import { findingOf, overlay, rulesOf } from '../check.ts';
import { onlyPod } from '../pods.ts';

const container = { resources: { limits: { cpu: '1' } } };

function using(cpu: string): object {
  const metadata = { name: 'web-6b7f-aaaaa', namespace: 'shop' };
  return {
    apiVersion: 'metrics.k8s.io/v1beta1',
    kind: 'PodMetrics',
    metadata,
    containers: [{ name: 'app', usage: { cpu } }],
  };
}

test('reads nanocores as the metrics API gives them', async () => {
  const diagnosis = await overlay(onlyPod({ ready: true, container }, using('980123456n')));
  expect(findingOf(diagnosis, 'pod-cpu-saturated')).toMatchObject({ severity: 'low', confidence: 'suspect' });
  expect(diagnosis.verdict).toBe('healthy');
});

test('weighs more while probes time out', async () => {
  const events = [{ reason: 'Unhealthy', message: 'Readiness probe failed: context deadline exceeded' }];
  const diagnosis = await overlay(onlyPod({ container, events }, using('999m')));
  expect(findingOf(diagnosis, 'pod-cpu-saturated').severity).toBe('medium');
});

test('a busy container below its limit is no fault', async () => {
  const diagnosis = await overlay(onlyPod({ ready: true, container }, using('800m')));
  expect(rulesOf(diagnosis)).not.toContain('pod-cpu-saturated');
});
