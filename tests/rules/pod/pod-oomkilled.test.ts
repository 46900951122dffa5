import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { crashed, onlyPod } from '../pods.ts';

const RUNNING = { state: { running: { startedAt: '2026-03-02T08:00:10Z' } }, started: true };

test('is the cause, and not the probe or the signal', async () => {
  const events = [
    { reason: 'Unhealthy', message: 'Liveness probe failed: connection refused' },
    { reason: 'Unhealthy', message: 'Readiness probe failed: connection refused' },
  ];
  const container = { livenessProbe: {}, resources: { limits: { memory: '64Mi' } } };
  const diagnosis = await overlay(
    onlyPod({ container, state: crashed(137, { reason: 'OOMKilled' }), events }),
  );
  expect(rootOf(diagnosis)).toBe('pod-oomkilled');
  expect(rulesOf(diagnosis)).not.toContain('pod-killed-137');
  expect(rulesOf(diagnosis)).not.toContain('pod-liveness-kill');
  expect(findingOf(diagnosis, 'pod-oomkilled').message).toContain('64Mi');
});

test('a kill of hours ago in a Pod that is ready since is only noted', async () => {
  const state = {
    ...crashed(137, { reason: 'OOMKilled', finishedAt: '2026-03-02T08:00:00Z' }, 1),
    ...RUNNING,
  };
  const diagnosis = await overlay(onlyPod({ ready: true, state }));
  expect(findingOf(diagnosis, 'pod-oomkilled').severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

test('an old kill does not explain why the Pod is not ready now', async () => {
  const state = {
    ...crashed(137, { reason: 'OOMKilled', finishedAt: '2026-03-02T08:00:00Z' }, 1),
    ...RUNNING,
  };
  const events = [
    { reason: 'Unhealthy', message: 'Readiness probe failed: HTTP probe failed with statuscode: 500' },
  ];
  const diagnosis = await overlay(onlyPod({ state, events }));
  expect(rootOf(diagnosis)).toBe('pod-readiness-http-status');
  expect(findingOf(diagnosis, 'pod-oomkilled').severity).toBe('info');
});
