import { findingOf, overlay, rulesOf, statusOf } from '../check.ts';
import { besideReadyPod, onlyPod, type PodExample } from '../pods.ts';

function restarted(count: number, created: string, ended = '2026-03-02T11:30:00Z'): PodExample {
  return {
    ready: true,
    metadata: { creationTimestamp: created },
    state: {
      restartCount: count,
      state: { running: { startedAt: ended } },
      lastState: { terminated: { exitCode: 1, reason: 'Error', finishedAt: ended } },
    },
  };
}

test('restarts about every half hour cost requests each time', async () => {
  const alone = await overlay(onlyPod(restarted(6, '2026-03-02T09:00:00Z')));
  expect(findingOf(alone, 'pod-flapping')).toMatchObject({ symptom: 'no-endpoints', partial: true });
  expect(alone.verdict).toBe('degraded');
  expect(statusOf(alone)).toBe(200);
  expect(alone.routes[0]?.prediction.partialStatus).toBe(503);
  const beside = await overlay(besideReadyPod(restarted(6, '2026-03-02T09:00:00Z')));
  expect(findingOf(beside, 'pod-flapping').symptom).toBe('connection-refused');
});

function unsteady(first: string, count: number, back = '2026-03-02T11:58:00Z'): PodExample {
  const message = 'Readiness probe failed: HTTP probe failed with statuscode: 503';
  return {
    ready: true,
    metadata: { creationTimestamp: '2026-03-01T09:00:00Z' },
    state: { state: { running: { startedAt: '2026-03-01T09:00:05Z' } } },
    status: { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: back }] },
    events: [
      {
        reason: 'Unhealthy',
        message,
        count,
        firstTimestamp: first,
        lastTimestamp: '2026-03-02T11:57:50Z',
      },
    ],
  };
}

test('a probe that fails now and then takes the Pod out of service each time', async () => {
  const diagnosis = await overlay(besideReadyPod(unsteady('2026-03-02T11:00:00Z', 30)));
  expect(findingOf(diagnosis, 'pod-flapping').symptom).toBe('reduced-capacity');
});

test.each([
  ['five restarts in a month', restarted(5, '2026-02-01T00:00:00Z')],
  ['a start that took several tries', restarted(4, '2026-03-02T11:10:00Z', '2026-03-02T11:14:00Z')],
  ['restarts that are over', restarted(9, '2026-03-02T07:00:00Z', '2026-03-02T10:30:00Z')],
  ['one outage that is just over', unsteady('2026-03-02T11:52:50Z', 30)],
  [
    'failures that did not take the Pod out of service',
    unsteady('2026-03-02T11:00:00Z', 30, '2026-03-01T09:01:00Z'),
  ],
  ['a few failures', unsteady('2026-03-02T11:00:00Z', 4)],
])('%s: nothing to tell', async (_, example) => {
  const diagnosis = await overlay(besideReadyPod(example));
  expect(rulesOf(diagnosis)).not.toContain('pod-flapping');
  expect(diagnosis.verdict).toBe('healthy');
});
