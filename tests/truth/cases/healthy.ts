import type { TruthCase } from '../case.ts';
import { after, all, ready, someReady } from '../conditions.ts';
import {
  app,
  fromNamespaces,
  ingress,
  mainApp,
  path,
  policy,
  service,
  twin,
  unprobed,
  web,
  withMetadata,
} from '../objects.ts';

const HEALTHY = { verdict: 'healthy' } as const;

/** Nothing is wrong, though some of it looks odd: the doctor has to stay silent. */
export const HEALTHY_CASES: readonly TruthCase[] = [
  {
    name: 'healthy',
    permissions: true,
    hop: 'pod',
    about: 'nothing is wrong',
    expect: HEALTHY,
    objects: web({ replicas: 2 }),
    until: ready('web', 2),
    ci: true,
  },
  {
    name: 'healthy-rollout',
    hop: 'workload',
    about: 'a rollout is under way, its new Pod not ready yet',
    expect: HEALTHY,
    objects: web({ replicas: 2, spec: { strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } } } }),
    until: ready('web', 2),
    act: (bed) => bed.kubectl(['set', 'env', 'deployment/web', 'TESTAPP_READY_AFTER=1h']),
    afterwards: all(someReady('web', 2), async (bed) => (await bed.list('v1/pods')).length === 3, after(3)),
    ci: true,
  },
  {
    name: 'healthy-headless',
    hop: 'service',
    about: 'a headless Service',
    expect: HEALTHY,
    objects: [app('web'), service('web', { port: 8080 }, { clusterIP: 'None' })],
    ingresses: (site) => [ingress(site, [path('web', 'http')])],
    until: ready('web'),
    ci: true,
  },
  {
    name: 'healthy-undeclared-port',
    hop: 'service',
    about: 'a numeric targetPort that no container declares, and on which the app listens',
    expect: HEALTHY,
    objects: [
      app('web', {
        container: { ports: [], readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 } },
      }),
      service('web', { targetPort: 8080 }),
    ],
    until: ready('web'),
    ci: true,
  },
  {
    name: 'healthy-undeclared-second-port',
    hop: 'service',
    about: 'the container declares its metrics port only, and listens on another for requests',
    expect: HEALTHY,
    objects: [
      app('web', {
        args: ['-listen=:8080,:9000'],
        container: {
          ports: [{ name: 'metrics', containerPort: 9000 }],
          readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 1 },
        },
      }),
      service('web', { targetPort: 8080 }),
    ],
    until: ready('web'),
  },
  {
    name: 'healthy-shared-host',
    hop: 'ingress-rule',
    about: 'two Ingresses share a host, with different paths',
    expect: HEALTHY,
    objects: [...web(), app('api'), service('api')],
    ingresses: (site) => [
      ingress(site),
      withMetadata(ingress(site, [path('api', 80, { path: '/api' })]), { name: `api-${site.className}` }),
    ],
    until: all(ready('web'), ready('api')),
    ci: true,
  },
  {
    name: 'healthy-host-on-both-controllers',
    hop: 'ingress-rule',
    about: 'two controllers serve the same host and path, each by an Ingress of its own',
    expect: HEALTHY,
    objects: web(),
    ingresses: (site) => [ingress({ ...site, host: 'both.truth.test' })],
    requests: [{ host: 'both.truth.test' }],
    until: ready('web'),
  },
  {
    name: 'healthy-two-deployments',
    hop: 'service',
    about: 'two Deployments stand behind one Service',
    expect: HEALTHY,
    objects: [mainApp(), twin('next'), service('web')],
    until: ready('web', 2),
  },
  {
    name: 'healthy-completed-job',
    hop: 'pod',
    about: 'the selector also matches Pods of a Job that is done',
    expect: HEALTHY,
    objects: [
      ...web(),
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'migrate' },
        spec: {
          template: {
            metadata: { labels: { app: 'web' } },
            spec: {
              restartPolicy: 'Never',
              containers: [
                {
                  name: 'migrate',
                  image: 'gateway-doctor.test/testapp:1',
                  imagePullPolicy: 'IfNotPresent',
                  args: ['-crash-after=0s', '-exit-code=0', '-last-words=done'],
                },
              ],
            },
          },
        },
      },
    ],
    until: all(someReady('web', 1), async (bed) =>
      (await bed.list('v1/pods')).some((pod) => JSON.stringify(pod).includes('"Succeeded"')),
    ),
    ci: true,
  },
  {
    name: 'healthy-wildcard-host',
    hop: 'ingress-rule',
    about: 'a wildcard host, and a request that it covers',
    expect: HEALTHY,
    objects: web(),
    ingresses: (site) => [
      ingress(site, [], { rules: [{ host: `*.${site.host}`, http: { paths: [path('web')] } }] }),
    ],
    requests: (site) => [{ host: `shop.${site.host}` }],
    until: ready('web'),
  },
  {
    name: 'healthy-no-host',
    hop: 'ingress-rule',
    about: 'a rule without a host, for one path',
    expect: HEALTHY,
    objects: web(),
    ingresses: (site) => [
      ingress(site, [], { rules: [{ http: { paths: [path('web', 80, { path: '/truth-no-host' })] } }] }),
    ],
    requests: [{ path: '/truth-no-host', host: 'anything.truth.test' }],
    until: ready('web'),
  },
  {
    name: 'healthy-netpol',
    permissions: true,
    hop: 'network',
    about: "a NetworkPolicy admits the controller's namespace",
    expect: HEALTHY,
    objects: [
      ...web(),
      policy('controllers', {
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: fromNamespaces('ingress-nginx', 'projectcontour'),
            ports: [{ protocol: 'TCP', port: 8080 }],
          },
        ],
      }),
    ],
    until: all(ready('web'), after(3)),
    ci: true,
  },
  {
    name: 'healthy-netpol-named-port',
    hop: 'network',
    about: "a NetworkPolicy admits everybody to the Pods' port by its name",
    expect: HEALTHY,
    objects: [
      ...web(),
      policy('http', { policyTypes: ['Ingress'], ingress: [{ ports: [{ protocol: 'TCP', port: 'http' }] }] }),
    ],
    until: all(ready('web'), after(3)),
  },
  {
    name: 'healthy-netpol-egress',
    hop: 'network',
    about: 'a NetworkPolicy keeps the app from everything outside, and it needs nothing',
    expect: HEALTHY,
    objects: [...web(), policy('egress', { policyTypes: ['Egress'] })],
    until: all(ready('web'), after(3)),
  },
  {
    name: 'healthy-no-probes',
    hop: 'pod',
    about: 'a Pod without probes',
    expect: HEALTHY,
    objects: web({ container: unprobed }),
    until: all(ready('web'), after(2)),
    ci: true,
  },
];
