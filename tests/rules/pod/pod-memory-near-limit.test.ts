import { findingOf, overlay, rulesOf } from '../check.ts';
import { crashed, onlyPod } from '../pods.ts';

const container = { resources: { limits: { memory: '1Gi' } } };

function using(memory: string): object {
  const metadata = { name: 'web-6b7f-aaaaa', namespace: 'shop' };
  return {
    apiVersion: 'metrics.k8s.io/v1beta1',
    kind: 'PodMetrics',
    metadata,
    containers: [{ name: 'app', usage: { memory } }],
  };
}

test('is a suspicion of low weight, across units', async () => {
  const diagnosis = await overlay(onlyPod({ ready: true, container }, using('1000000Ki')));
  expect(findingOf(diagnosis, 'pod-memory-near-limit')).toMatchObject({
    severity: 'low',
    confidence: 'suspect',
  });
  expect(diagnosis.verdict).toBe('healthy');
});

test('weighs more where the limit has killed before', async () => {
  const state = {
    ...crashed(137, { reason: 'OOMKilled', finishedAt: '2026-03-02T09:00:00Z' }, 1),
    started: true,
    state: { running: { startedAt: '2026-03-02T09:00:05Z' } },
  };
  const diagnosis = await overlay(onlyPod({ ready: true, container, state }, using('1000Mi')));
  expect(findingOf(diagnosis, 'pod-memory-near-limit').severity).toBe('medium');
});

test('much memory without a limit is no fault', async () => {
  const diagnosis = await overlay(onlyPod({ ready: true }, using('30Gi')));
  expect(rulesOf(diagnosis)).not.toContain('pod-memory-near-limit');
});
