import { overlay, rootOf, rulesOf } from '../check.ts';
import { besideReadyPod, onlyPod } from '../pods.ts';

function gated(containersReadySince: string, gate: readonly object[] = []) {
  return {
    spec: { readinessGates: [{ conditionType: 'example.com/registered' }] },
    state: { ready: true },
    status: {
      conditions: [
        { type: 'ContainersReady', status: 'True', lastTransitionTime: containersReadySince },
        { type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady' },
        ...gate,
      ],
    },
  };
}

test('a gate that is False counts as one that is not set', async () => {
  const example = gated('2026-03-02T11:30:00Z', [
    { type: 'example.com/registered', status: 'False', message: 'unhealthy' },
  ]);
  expect(rootOf(await overlay(onlyPod(example)))).toBe('pod-readiness-gate');
});

test('a new Pod that its load balancer has not judged yet is left alone beside ready ones', async () => {
  expect(rulesOf(await overlay(besideReadyPod(gated('2026-03-02T11:59:30Z'))))).not.toContain(
    'pod-readiness-gate',
  );
});

test('a gate behind containers that are not ready is not what holds the Pod back', async () => {
  const spec = { readinessGates: [{ conditionType: 'example.com/registered' }] };
  expect(rulesOf(await overlay(onlyPod({ spec })))).not.toContain('pod-readiness-gate');
});
