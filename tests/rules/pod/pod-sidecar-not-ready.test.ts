import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { onlyPod } from '../pods.ts';

const STARTED = { state: { running: { startedAt: '2026-03-02T11:00:05Z' } }, started: true, restartCount: 0 };
const APP = {
  name: 'app',
  ports: [{ name: 'http', containerPort: 8080 }],
  readinessProbe: { httpGet: { path: '/healthz', port: 'http' } },
};
const AGENT = { name: 'agent', readinessProbe: { httpGet: { path: '/ready', port: 9000 } } };

function pair(
  app: boolean,
  agent: boolean,
  events: readonly { reason: string; message: string; container: string }[] = [],
) {
  return {
    // The container that serves need not be the first.
    spec: { containers: [AGENT, APP] },
    status: {
      containerStatuses: [
        { name: 'agent', ...STARTED, ready: agent },
        { name: 'app', ...STARTED, ready: app },
      ],
    },
    events,
  };
}

test('the container that declares the targetPort is the app', async () => {
  const message = 'Readiness probe failed: HTTP probe failed with statuscode: 503';
  const diagnosis = await overlay(
    onlyPod(pair(true, false, [{ reason: 'Unhealthy', message, container: 'agent' }])),
  );
  expect(rootOf(diagnosis)).toBe('pod-sidecar-not-ready');
  expect(findingOf(diagnosis, 'pod-sidecar-not-ready').message).toContain('`agent`');
  expect(rulesOf(diagnosis)).not.toContain('pod-readiness-http-status');
});

test('is certain without events', async () => {
  const diagnosis = await overlay(onlyPod(pair(true, false)), { forbidden: ['Event'] });
  expect(rootOf(diagnosis)).toBe('pod-sidecar-not-ready');
});

test('a sidecar that is not up yet keeps the app from being started', async () => {
  const example = {
    spec: {
      initContainers: [
        { name: 'proxy', restartPolicy: 'Always', startupProbe: { tcpSocket: { port: 15021 } } },
      ],
    },
    state: { started: false, state: { waiting: { reason: 'PodInitializing' } } },
    status: {
      phase: 'Pending',
      conditions: [{ type: 'Ready', status: 'False' }],
      containerStatuses: [{ name: 'app', ready: false, state: { waiting: { reason: 'PodInitializing' } } }],
      initContainerStatuses: [{ name: 'proxy', ...STARTED, ready: false, started: false }],
    },
  };
  expect(rootOf(await overlay(onlyPod(example)))).toBe('pod-sidecar-not-ready');
});

test('when the app is not ready either, its own probe is what matters', async () => {
  const message = 'Readiness probe failed: HTTP probe failed with statuscode: 500';
  const diagnosis = await overlay(
    onlyPod(pair(false, false, [{ reason: 'Unhealthy', message, container: 'app' }])),
  );
  expect(rulesOf(diagnosis)).not.toContain('pod-sidecar-not-ready');
  expect(rootOf(diagnosis)).toBe('pod-readiness-http-status');
});
