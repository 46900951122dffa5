import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { besideReadyPod, crashed, onlyPod } from '../pods.ts';

const container = { startupProbe: { tcpSocket: { port: 8080 }, periodSeconds: 5, failureThreshold: 600 } };
const UNHEALTHY = {
  reason: 'Unhealthy',
  message: 'Startup probe failed: dial tcp: connect: connection refused',
  count: 99,
};

test('is the cause when the kubelet says that it killed for it', async () => {
  const events = [{ reason: 'Killing', message: 'Container app failed startup probe, will be restarted' }];
  expect(rootOf(await overlay(onlyPod({ container, state: crashed(137), events })))).toBe(
    'pod-startup-probe',
  );
});

test('a start that fails for many minutes is likely never to succeed', async () => {
  const state = { started: false, state: { running: { startedAt: '2026-03-02T11:20:00Z' } } };
  const diagnosis = await overlay(onlyPod({ container, state, events: [UNHEALTHY] }));
  expect(rootOf(diagnosis)).toBe('pod-startup-probe');
  expect(findingOf(diagnosis, 'pod-startup-probe').confidence).toBe('likely');
});

test('a start that the probe still allows is left alone', async () => {
  const example = {
    container,
    metadata: { creationTimestamp: '2026-03-02T11:58:30Z' },
    state: { started: false, state: { running: { startedAt: '2026-03-02T11:58:35Z' } } },
    events: [{ ...UNHEALTHY, count: 15 }],
  };
  const diagnosis = await overlay(besideReadyPod(example));
  expect(rulesOf(diagnosis)).not.toContain('pod-startup-probe');
  expect(diagnosis.verdict).toBe('healthy');
});
