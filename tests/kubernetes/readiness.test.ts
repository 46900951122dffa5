import { podContainers } from '../../src/kubernetes/pod.ts';
import type { Pod } from '../../src/kubernetes/pod-types.ts';
import {
  deafListener,
  failedProbeAnswer,
  isOverdue,
  probeFailure,
  readinessEvent,
  unreadyContainers,
} from '../../src/kubernetes/readiness.ts';

const NOW = new Date('2026-03-02T12:00:00Z');
const PROBE = { httpGet: { path: '/healthz', port: 8080 } };

function pod(startedAt: string, phase = 'Running'): Pod {
  return {
    spec: { containers: [{ name: 'app', readinessProbe: PROBE }, { name: 'agent' }] },
    status: {
      phase,
      containerStatuses: [
        { name: 'app', ready: false, state: { running: { startedAt } } },
        { name: 'agent', ready: false, state: { running: { startedAt } } },
      ],
    },
  };
}

test('only containers with a probe that run', () => {
  const names = (example: Pod) => unreadyContainers(example).map(({ container }) => container.name);
  expect(names(pod('2026-03-02T11:50:00Z'))).toEqual(['app']);
  expect(names(pod('2026-03-02T11:50:00Z', 'Failed'))).toEqual([]);
});

test('a container is overdue by time or by failures', () => {
  const overdue = (startedAt: string, count: number) => {
    const [container] = podContainers(pod(startedAt));
    if (container === undefined) throw new Error('no container');
    return isOverdue(container, NOW, { reason: 'Unhealthy', count }, 3);
  };
  expect(overdue('2026-03-02T11:50:00Z', 1)).toBe(true);
  expect(overdue('2026-03-02T11:59:45Z', 1)).toBe(false);
  expect(overdue('2026-03-02T11:59:45Z', 3)).toBe(true);
});

test.each([
  ['Readiness probe failed: HTTP probe failed with statuscode: 500', 'answer'],
  ['Readiness probe failed: HTTP probe failed with statuscode: 400', 'answer'],
  ['Readiness probe failed: dial tcp 10.0.0.1:8080: connect: connection refused', 'refused'],
  ['Readiness probe failed: Get "http://10.0.0.1:8080/": EOF', 'refused'],
  ['Readiness probe failed: Get "http://10.0.0.1:8080/": context deadline exceeded', 'timeout'],
  ['Readiness probe failed: dial tcp 10.0.0.1:8080: connect: no route to host', 'timeout'],
  [
    'Readiness probe failed: Get "https://10.0.0.1:8080/": http: server gave HTTP response to HTTPS client',
    'scheme',
  ],
  ['Readiness probe failed: ', 'answer'],
])('%s: %s', (message, failure) => {
  expect(probeFailure(message, PROBE)).toBe(failure);
});

test('400 to a plain probe of a TLS port is about the scheme', () => {
  const message = 'Readiness probe failed: HTTP probe failed with statuscode: 400';
  expect(probeFailure(message, { httpGet: { port: 8443 } })).toBe('scheme');
  expect(probeFailure(message, { httpGet: { port: 8443, scheme: 'HTTPS' } })).toBe('answer');
});

test('the newest event about the container', () => {
  const [app] = podContainers(pod('2026-03-02T11:50:00Z'));
  if (app === undefined) throw new Error('no container');
  const event = (name: string, lastTimestamp: string, message = 'Readiness probe failed: EOF') => ({
    reason: 'Unhealthy',
    message,
    lastTimestamp,
    involvedObject: { fieldPath: `spec.containers{${name}}` },
  });
  const newest = event('app', '2026-03-02T11:58:00Z');
  const events = [
    event('app', '2026-03-02T11:51:00Z'),
    newest,
    event('agent', '2026-03-02T11:59:00Z'),
    event('app', '2026-03-02T11:59:00Z', 'Liveness probe failed: EOF'),
  ];
  expect(readinessEvent(events, app)).toBe(newest);
  expect(readinessEvent([], app)).toBeUndefined();
});

test('the last answer to the probe in an access log', () => {
  expect(
    failedProbeAnswer('GET /healthz 200 1ms\nGET /healthz?full 503 1ms\nGET / 200 1ms', PROBE)?.status,
  ).toBe(503);
  expect(failedProbeAnswer('GET /healthz 503 1ms\nGET /healthz 200 1ms', PROBE)).toBeUndefined();
  expect(failedProbeAnswer('GET / 500 1ms', PROBE)).toBeUndefined();
});

test('an app that listens where the probe does not reach it', () => {
  const [app] = podContainers(pod('2026-03-02T11:50:00Z'));
  if (app === undefined) throw new Error('no container');
  expect(deafListener('listening on 127.0.0.1:8080', PROBE, app)?.isLoopback).toBe(true);
  expect(deafListener('listening on :9090', PROBE, app)?.port).toBe(9090);
  expect(deafListener('metrics listening on :9090\nlistening on :8080', PROBE, app)).toBeUndefined();
  expect(deafListener('started', PROBE, app)).toBeUndefined();
});
