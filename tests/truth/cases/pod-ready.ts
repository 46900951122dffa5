import type { TruthCase } from '../case.ts';
import { after, all, event, ready, restarted, running, someReady, waiting } from '../conditions.ts';
import { barePod, container, crashOnce, mainApp, service, twin, unprobed, web } from '../objects.ts';

/** Pods that run and are not ready, or are ready and should not be. */
export const POD_READY_CASES: readonly TruthCase[] = [
  {
    name: 'pod-readiness-http-status',
    hop: 'pod',
    about: 'the readiness probe is answered with 503',
    expect: { verdict: 'failing', cause: 'pod-readiness-http-status' },
    objects: web({ args: ['-ready=503'] }),
    until: event('Unhealthy', /statuscode: 503/, 3),
    ci: true,
  },
  {
    name: 'pod-readiness-http-status-one-of-three',
    permissions: true,
    hop: 'pod',
    about: 'the readiness probe of one Pod of three is answered with 503',
    expect: { verdict: 'degraded', cause: 'pod-readiness-http-status' },
    objects: [mainApp({ replicas: 2 }), twin('next', { args: ['-ready=503'] }), service('web')],
    until: all(someReady('web', 2), event('Unhealthy', /statuscode: 503/, 3)),
    ci: true,
  },
  {
    name: 'pod-readiness-refused',
    hop: 'pod',
    about: 'nothing listens on the port of the readiness probe',
    expect: { verdict: 'failing', cause: 'pod-readiness-refused' },
    objects: web({
      container: { readinessProbe: { httpGet: { path: '/ready', port: 8081 }, periodSeconds: 1 } },
    }),
    until: event('Unhealthy', /connection refused/, 3),
    ci: true,
  },
  {
    name: 'pod-readiness-timeout',
    hop: 'pod',
    about: 'the readiness probe is answered too late',
    expect: { verdict: 'failing', cause: 'pod-readiness-timeout' },
    objects: web({
      args: ['-delay=3s'],
      container: {
        readinessProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: 1, timeoutSeconds: 1 },
      },
    }),
    until: event('Unhealthy', /deadline exceeded|Timeout/i, 2),
  },
  {
    name: 'pod-readiness-scheme',
    hop: 'pod',
    about: 'the readiness probe speaks HTTPS to a plain port',
    expect: { verdict: 'failing', cause: 'pod-readiness-scheme' },
    objects: web({
      container: {
        readinessProbe: { httpGet: { path: '/ready', port: 'http', scheme: 'HTTPS' }, periodSeconds: 1 },
      },
    }),
    until: event('Unhealthy', /HTTP response to HTTPS client/, 3),
  },
  {
    name: 'pod-liveness-kill',
    hop: 'pod',
    about: 'the liveness probe fails and the kubelet restarts the container',
    expect: { verdict: 'failing', cause: 'pod-liveness-kill' },
    objects: web({
      args: ['-live=500'],
      container: {
        livenessProbe: { httpGet: { path: '/live', port: 'http' }, periodSeconds: 1, failureThreshold: 1 },
      },
    }),
    // Between its restarts it serves: ask in a long pause.
    until: waiting('web', /CrashLoopBackOff/, 4),
    ci: true,
  },
  {
    name: 'pod-startup-probe',
    hop: 'pod',
    about: 'the startup probe never succeeds',
    expect: { verdict: 'failing', cause: 'pod-startup-probe' },
    objects: web({
      args: ['-start-delay=1h'],
      container: {
        startupProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 1, failureThreshold: 3 },
      },
    }),
    until: waiting('web', /CrashLoopBackOff/, 2),
  },
  {
    name: 'pod-readiness-gate',
    hop: 'pod',
    about: 'a readiness gate that nobody opens',
    expect: { verdict: 'failing', cause: 'pod-readiness-gate' },
    objects: web({ pod: { readinessGates: [{ conditionType: 'gateway-doctor.test/registered' }] } }),
    until: all(running('web'), after(10)),
  },
  {
    name: 'pod-sidecar-not-ready',
    hop: 'pod',
    about: 'the app is ready, its sidecar is not',
    expect: { verdict: 'failing', cause: 'pod-sidecar-not-ready' },
    objects: web({
      pod: {
        containers: [
          container(),
          container(['-listen=:9000', '-ready=503'], {
            name: 'istio-proxy',
            ports: [{ name: 'sidecar', containerPort: 9000 }],
            readinessProbe: { httpGet: { path: '/ready', port: 9000 }, periodSeconds: 1 },
          }),
        ],
      },
    }),
    until: event('Unhealthy', /statuscode: 503/, 3),
  },
  {
    name: 'pod-ready-but-refusing',
    hop: 'pod',
    about: 'the Pod is ready for want of a probe, and nothing listens on its port',
    expect: { verdict: 'failing', cause: 'pod-ready-but-refusing' },
    objects: web({ args: ['-listen=:9000'], container: unprobed }),
    until: ready('web'),
    ci: true,
  },
  {
    name: 'pod-ready-but-refusing-loopback',
    hop: 'pod',
    about: 'the app listens on the loopback address only',
    expect: { verdict: 'failing', cause: 'pod-ready-but-refusing' },
    objects: web({ args: ['-listen=127.0.0.1:8080'], container: unprobed }),
    until: ready('web'),
  },
  {
    name: 'pod-ready-but-refusing-one-of-three',
    hop: 'pod',
    about: 'one Pod of three is ready and refuses connections',
    expect: { verdict: 'degraded', cause: 'pod-ready-but-refusing' },
    objects: [
      mainApp({ replicas: 2 }),
      twin('next', { args: ['-listen=127.0.0.1:8080'], container: unprobed }),
      service('web'),
    ],
    requests: [{ count: 18 }],
    until: ready('web', 3),
    ci: true,
  },
  {
    name: 'pod-no-readiness-probe-restarting',
    hop: 'pod',
    about: 'a container without a readiness probe was restarted a moment ago',
    expect: { verdict: 'healthy', remark: 'pod-no-readiness-probe' },
    objects: web({ args: ['-crash-after-requests=20'], container: unprobed }),
    until: ready('web'),
    act: crashOnce,
    afterwards: restarted('web', 1),
  },
  {
    name: 'pod-evicted',
    hop: 'pod',
    about: 'the only Pod was evicted, and nothing replaces it',
    expect: { verdict: 'failing', cause: 'pod-evicted' },
    objects: [barePod('web-1', { schedulerName: 'nobody' }), service('web')],
    until: async (bed) => (await bed.list('v1/pods')).length === 1,
    act: (bed) =>
      bed.kubectl([
        ...['patch', 'pod', 'web-1', '--subresource=status', '--type=merge', '-p'],
        JSON.stringify({
          status: {
            phase: 'Failed',
            reason: 'Evicted',
            message: 'The node was low on resource: ephemeral-storage.',
          },
        }),
      ]),
  },
  {
    name: 'pod-memory-near-limit',
    hop: 'pod',
    about: 'the app holds nearly all the memory that it may',
    expect: { verdict: 'healthy', remark: 'pod-memory-near-limit' },
    objects: web({
      args: ['-hog-memory=88'],
      container: { resources: { requests: { cpu: '5m', memory: '16Mi' }, limits: { memory: '100Mi' } } },
    }),
    until: all(ready('web'), after(25)),
  },
  {
    name: 'pod-cpu-saturated',
    hop: 'pod',
    about: 'the app uses all the processor time that it may',
    expect: { verdict: 'healthy', remark: 'pod-cpu-saturated' },
    objects: web({
      args: ['-burn-cpu=1'],
      container: {
        readinessProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 2, timeoutSeconds: 5 },
        resources: { requests: { cpu: '5m', memory: '16Mi' }, limits: { cpu: '100m' } },
      },
    }),
    until: all(ready('web'), after(25)),
  },
];
