import { findingOf, overlay, rulesOf } from '../check.ts';
import { besideReadyPod, crashed, onlyPod } from '../pods.ts';

const container = { readinessProbe: undefined };

test('is only noted on a path that works', async () => {
  const diagnosis = await overlay(onlyPod({ ready: true, container }));
  expect(findingOf(diagnosis, 'pod-no-readiness-probe').severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

test('matters after a restart', async () => {
  const state = {
    ...crashed(1, { finishedAt: '2026-03-02T11:57:00Z' }, 1),
    started: true,
    state: { running: { startedAt: '2026-03-02T11:57:01Z' } },
  };
  const diagnosis = await overlay(onlyPod({ ready: true, container, state }));
  expect(findingOf(diagnosis, 'pod-no-readiness-probe').severity).toBe('medium');
});

test('a container beside the one that serves needs none', async () => {
  const spec = {
    containers: [
      { name: 'agent' },
      {
        name: 'app',
        ports: [{ name: 'http', containerPort: 8080 }],
        readinessProbe: { tcpSocket: { port: 8080 } },
      },
    ],
  };
  expect(rulesOf(await overlay(besideReadyPod({ ready: true, spec })))).not.toContain(
    'pod-no-readiness-probe',
  );
});
