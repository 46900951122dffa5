import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { crashed, onlyPod } from '../pods.ts';

test('is only likely, since who killed it is not known', async () => {
  const diagnosis = await overlay(onlyPod({ state: crashed(137) }));
  expect(rootOf(diagnosis)).toBe('pod-killed-137');
  expect(findingOf(diagnosis, 'pod-killed-137').confidence).toBe('likely');
});

test('OOMKilled has its own rule', async () => {
  const diagnosis = await overlay(onlyPod({ state: crashed(137, { reason: 'OOMKilled' }) }));
  expect(rulesOf(diagnosis)).not.toContain('pod-killed-137');
});

test('enough failures of the liveness probe tell who killed it', async () => {
  const events = [
    { reason: 'Unhealthy', message: 'Liveness probe failed: HTTP probe failed with statuscode: 500' },
  ];
  const container = { livenessProbe: { httpGet: { path: '/live', port: 8080 } } };
  const diagnosis = await overlay(onlyPod({ container, state: crashed(137), events }));
  expect(rootOf(diagnosis)).toBe('pod-liveness-kill');
  expect(rulesOf(diagnosis)).not.toContain('pod-killed-137');
});
