import type { TruthCase } from '../case.ts';
import { after, all, ready, restarted, running, someReady } from '../conditions.ts';
import { app, barePod, container, crashOnce, mainApp, manualSlice, service, twin, web } from '../objects.ts';

const HEALTHY = { verdict: 'healthy' } as const;

/** Workloads and Pods that are well, though some of them look odd. */
export const HEALTHY_POD_CASES: readonly TruthCase[] = [
  {
    name: 'healthy-statefulset',
    hop: 'workload',
    about: 'a StatefulSet',
    expect: HEALTHY,
    objects: [app('web', { kind: 'StatefulSet', replicas: 2 }), service('web')],
    until: ready('web', 2),
  },
  {
    name: 'healthy-daemonset',
    hop: 'workload',
    about: 'a DaemonSet',
    expect: HEALTHY,
    objects: [app('web', { kind: 'DaemonSet' }), service('web')],
    until: ready('web'),
  },
  {
    name: 'healthy-bare-pod',
    hop: 'workload',
    about: 'a Pod that no workload owns',
    expect: HEALTHY,
    objects: [barePod('web'), service('web')],
    until: ready('web'),
  },
  {
    name: 'healthy-hpa',
    hop: 'workload',
    about: 'a HorizontalPodAutoscaler at its minimum',
    expect: HEALTHY,
    objects: [
      ...web(),
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'web' },
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
          minReplicas: 1,
          maxReplicas: 2,
          metrics: [
            {
              type: 'Resource',
              resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 90 } },
            },
          ],
        },
      },
    ],
    until: all(ready('web'), after(5)),
  },
  {
    name: 'healthy-paused',
    hop: 'workload',
    about: 'a paused Deployment whose Pods serve',
    expect: HEALTHY,
    objects: web(),
    until: ready('web'),
    act: (bed) => bed.kubectl(['rollout', 'pause', 'deployment/web']),
    afterwards: after(1),
  },
  {
    name: 'healthy-manual-slice',
    hop: 'endpoints',
    about: 'a Service without a selector and a manual EndpointSlice that is right',
    expect: HEALTHY,
    objects: [app('web'), service('web', {}, { selector: undefined })],
    act: async (bed) => {
      const [pod] = (await bed.list('v1/pods')) as readonly { status?: { podIP?: string } }[];
      const port = { name: 'http', port: 8080, protocol: 'TCP' };
      await bed.kubectl(['create', '-f', '-'], [manualSlice('web', pod?.status?.podIP ?? '', port)]);
    },
    until: ready('web'),
  },
  {
    name: 'healthy-port-names-differ',
    hop: 'service',
    about: 'a named targetPort means another number in each Deployment',
    expect: HEALTHY,
    objects: [
      mainApp(),
      twin('next', {
        args: ['-listen=:9090'],
        container: { ports: [{ name: 'http', containerPort: 9090 }] },
      }),
      service('web'),
    ],
    requests: [{ count: 10 }],
    until: ready('web', 2),
  },
  {
    name: 'healthy-restarted-once',
    hop: 'pod',
    about: 'a container was restarted once and has been ready since',
    expect: HEALTHY,
    objects: web({ args: ['-crash-after-requests=20'] }),
    until: ready('web'),
    act: crashOnce,
    afterwards: restarted('web', 1),
  },
  {
    name: 'healthy-neighbour-broken',
    hop: 'workload',
    about: 'another Deployment of the namespace crashes, which no Ingress names',
    expect: HEALTHY,
    objects: [...web(), app('worker', { args: ['-crash-after=0s'] }), service('worker')],
    until: all(ready('web'), async (bed) =>
      (await bed.list('v1/pods')).some((pod) => JSON.stringify(pod).includes('CrashLoopBackOff')),
    ),
  },
  {
    name: 'healthy-sidecar',
    hop: 'pod',
    about: 'a native sidecar runs beside the app',
    expect: HEALTHY,
    objects: web({
      pod: {
        initContainers: [
          container(['-listen=:9000'], {
            name: 'proxy',
            restartPolicy: 'Always',
            ports: [],
            readinessProbe: undefined,
          }),
        ],
      },
    }),
    until: all(running('web'), ready('web')),
  },
  {
    name: 'healthy-draining',
    hop: 'endpoints',
    about: 'an old Pod is shutting down beside the new one',
    expect: HEALTHY,
    objects: web({ args: ['-on-term=drain', '-drain-time=60s'], pod: { terminationGracePeriodSeconds: 90 } }),
    until: ready('web'),
    act: (bed) => bed.kubectl(['rollout', 'restart', 'deployment/web']),
    afterwards: all(after(2), someReady('web', 1), async (bed) =>
      (await bed.list('v1/pods')).some(({ metadata }) => metadata?.deletionTimestamp !== undefined),
    ),
    undo: (bed) => bed.kubectl(['delete', 'pods', '--all', '--force', '--grace-period=0', '--wait=false']),
  },
];
