import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { besideReadyPod, onlyPod } from '../pods.ts';

const FAILED = 'Readiness probe failed: HTTP probe failed with statuscode: ';

test('the newest event decides', async () => {
  const events = [
    { reason: 'Unhealthy', message: `${FAILED}500`, lastTimestamp: '2026-03-02T11:59:50Z' },
    {
      reason: 'Unhealthy',
      message:
        'Readiness probe failed: Get "http://10.244.0.21:8080/healthz": dial tcp: connect: connection refused',
      count: 3,
      lastTimestamp: '2026-03-02T11:01:00Z',
    },
  ];
  const diagnosis = await overlay(onlyPod({ events }));
  expect(rootOf(diagnosis)).toBe('pod-readiness-http-status');
  expect(rulesOf(diagnosis)).not.toContain('pod-readiness-refused');
  expect(findingOf(diagnosis, 'pod-readiness-http-status').message).toContain(
    'GET :8080/healthz answers 500',
  );
});

test.each([
  ['Readiness probe failed: cat: /tmp/ready: No such file or directory'],
  ['Readiness probe failed: service unhealthy (responded with "NOT_SERVING")'],
])('covers probes that are no HTTP requests: %s', async (message) => {
  const container = { readinessProbe: { exec: { command: ['cat', '/tmp/ready'] } } };
  const diagnosis = await overlay(onlyPod({ container, events: [{ reason: 'Unhealthy', message }] }));
  expect(rootOf(diagnosis)).toBe('pod-readiness-http-status');
});

test('does not guess when the events have expired', async () => {
  const diagnosis = await overlay(onlyPod({}));
  expect(rulesOf(diagnosis).filter((rule) => rule.startsWith('pod-readiness'))).toEqual([]);
  expect(rootOf(diagnosis)).toBe('endpoints-all-not-ready');
});

test('is likely by the access log when the events have expired', async () => {
  const log = 'GET /healthz 200 1ms\nGET /healthz 503 1ms\nGET /healthz 503 1ms\n';
  const finding = findingOf(await overlay(onlyPod({ log })), 'pod-readiness-http-status');
  expect(finding).toMatchObject({ confidence: 'likely', since: '2026-03-02T11:01:00Z' });
});

test('is reported as not run when events may not be read', async () => {
  const diagnosis = await overlay(onlyPod({}), { forbidden: ['Event'] });
  expect(JSON.stringify(diagnosis.notChecked)).toContain('pod-readiness-http-status');
});

test('a Pod that is still starting is left alone', async () => {
  const example = {
    metadata: { creationTimestamp: '2026-03-02T11:59:40Z' },
    state: { state: { running: { startedAt: '2026-03-02T11:59:45Z' } } },
    events: [{ reason: 'Unhealthy', message: `${FAILED}503`, count: 1 }],
  };
  const diagnosis = await overlay(besideReadyPod(example));
  expect(diagnosis.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  expect(diagnosis.verdict).toBe('healthy');
});

test('a probe that has failed often enough is a fault, however young the container', async () => {
  const example = {
    metadata: { creationTimestamp: '2026-03-02T11:59:52Z' },
    state: { state: { running: { startedAt: '2026-03-02T11:59:55Z' } } },
    events: [{ reason: 'Unhealthy', message: `${FAILED}503`, count: 3 }],
  };
  expect(rootOf(await overlay(onlyPod(example)))).toBe('pod-readiness-http-status');
});

test('a Pod that became ready is not reported for its old events', async () => {
  const events = [{ reason: 'Unhealthy', message: `${FAILED}500`, count: 3 }];
  const diagnosis = await overlay(onlyPod({ ready: true, events }));
  expect(rulesOf(diagnosis)).not.toContain('pod-readiness-http-status');
});
