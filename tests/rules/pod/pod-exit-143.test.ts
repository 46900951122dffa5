import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { besideReadyPod, crashed, onlyPod } from '../pods.ts';

test('a container that is stopped again and again is the cause', async () => {
  const diagnosis = await overlay(onlyPod({ state: crashed(143) }));
  expect(rootsOf(diagnosis)).toEqual(['pod-exit-143']);
  expect(findingOf(diagnosis, 'pod-exit-143')).toMatchObject({ confidence: 'likely', severity: 'critical' });
});

test('where events tell of the liveness probe, that is why', async () => {
  const events = [
    {
      reason: 'Killing',
      message: 'Container app failed liveness probe, will be restarted',
      container: 'app',
    },
  ];
  const container = { livenessProbe: { httpGet: { path: '/live', port: 'http' } } };
  const diagnosis = await overlay(onlyPod({ state: crashed(143), container, events }));
  expect(rootsOf(diagnosis)).toEqual(['pod-liveness-kill']);
});

test.each([
  ['being deleted', { metadata: { deletionTimestamp: '2026-03-02T12:00:20Z' }, state: crashed(143) }],
  [
    'up again for long',
    {
      ready: true,
      state: {
        ...crashed(143, { finishedAt: '2026-03-02T11:10:00Z' }, 1),
        ready: true,
        started: true,
        state: { running: { startedAt: '2026-03-02T11:10:05Z' } },
      },
    },
  ],
])('a Pod that is %s ended as it should', async (_, example) => {
  expect(rulesOf(await overlay(besideReadyPod(example)))).not.toContain('pod-exit-143');
});
