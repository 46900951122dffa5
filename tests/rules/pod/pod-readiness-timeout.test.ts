import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { onlyPod } from '../pods.ts';

test.each([
  'Readiness probe failed: dial tcp 10.244.0.21:8080: i/o timeout',
  'Readiness probe failed: command timed out: "cat /tmp/ready" timed out after 1s',
  'Readiness probe failed: Get "http://10.244.0.21:8080/": net/http: request canceled (Client.Timeout exceeded while awaiting headers)',
])('%s', async (message) => {
  const diagnosis = await overlay(onlyPod({ events: [{ reason: 'Unhealthy', message }] }));
  expect(rootOf(diagnosis)).toBe('pod-readiness-timeout');
  expect(findingOf(diagnosis, 'pod-readiness-timeout').message).toContain('not answered within 1s');
});

test('a timeout in a Pod that is ready is not reported', async () => {
  const events = [{ reason: 'Unhealthy', message: 'Readiness probe failed: i/o timeout', count: 1 }];
  expect(rulesOf(await overlay(onlyPod({ ready: true, events })))).not.toContain('pod-readiness-timeout');
});
