import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { onlyPod } from '../pods.ts';

test.each([
  ['dial tcp 10.244.0.21:8080: connect: connection refused', 'is refused'],
  ['Get "http://10.244.0.21:8080/healthz": EOF', 'is cut off'],
  ['Get "http://10.244.0.21:8080/healthz": read: connection reset by peer', 'is cut off'],
])('%s', async (text, words) => {
  const events = [{ reason: 'Unhealthy', message: `Readiness probe failed: ${text}` }];
  const diagnosis = await overlay(onlyPod({ events }));
  expect(rootOf(diagnosis)).toBe('pod-readiness-refused');
  expect(findingOf(diagnosis, 'pod-readiness-refused').message).toContain(words);
});

test.each(['listening on 127.0.0.1:8080', 'Server listening on port 9090'])(
  'is likely by the log when the events have expired: %s',
  async (log) => {
    const diagnosis = await overlay(onlyPod({ log }));
    expect(findingOf(diagnosis, 'pod-readiness-refused').confidence).toBe('likely');
  },
);

test('an app that says it listens where it should gives no reason to guess', async () => {
  const diagnosis = await overlay(onlyPod({ log: 'listening on 0.0.0.0:8080' }));
  expect(rulesOf(diagnosis)).not.toContain('pod-readiness-refused');
});

test('a liveness probe that is refused is another matter', async () => {
  const events = [
    { reason: 'Unhealthy', message: 'Liveness probe failed: connect: connection refused', count: 1 },
  ];
  expect(rulesOf(await overlay(onlyPod({ events })))).not.toContain('pod-readiness-refused');
});
