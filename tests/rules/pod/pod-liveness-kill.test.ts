import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { besideReadyPod, crashed, onlyPod } from '../pods.ts';

const container = { livenessProbe: { httpGet: { path: '/live', port: 8080 }, timeoutSeconds: 2 } };
const KILLING = {
  reason: 'Killing',
  message: 'Container app failed liveness probe, will be restarted',
  lastTimestamp: '2026-03-02T11:58:51Z',
};

test('is the cause whatever the program exits with when it is told to end', async () => {
  for (const code of [0, 2, 137, 143]) {
    const diagnosis = await overlay(onlyPod({ container, state: crashed(code), events: [KILLING] }));
    expect(rootOf(diagnosis)).toBe('pod-liveness-kill');
  }
});

test('says how the probe fails', async () => {
  const unhealthy = {
    reason: 'Unhealthy',
    message: 'Liveness probe failed: Get "http://10.244.0.21:8080/live": context deadline exceeded',
  };
  const diagnosis = await overlay(onlyPod({ container, state: crashed(137), events: [KILLING, unhealthy] }));
  expect(findingOf(diagnosis, 'pod-liveness-kill').message).toContain(
    'GET :8080/live is not answered within 2s',
  );
});

test('a kill of an earlier run does not explain that the program now exits by itself', async () => {
  const old = { ...KILLING, lastTimestamp: '2026-03-02T11:20:00Z' };
  const diagnosis = await overlay(onlyPod({ container, state: crashed(1), events: [old] }));
  expect(rootOf(diagnosis)).toBe('pod-crashloop');
});

test('a single failure of the liveness probe restarts nothing', async () => {
  const events = [{ reason: 'Unhealthy', message: 'Liveness probe failed: timeout', count: 1 }];
  const diagnosis = await overlay(besideReadyPod({ container, ready: true, events }));
  expect(rulesOf(diagnosis)).not.toContain('pod-liveness-kill');
  expect(diagnosis.verdict).toBe('healthy');
});
