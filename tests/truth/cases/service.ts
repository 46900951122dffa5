import type { TruthCase } from '../case.ts';
import { all, atOnce, ready, someReady, terminating } from '../conditions.ts';
import { app, ingress, mainApp, manualSlice, path, service, twin, unprobed, web } from '../objects.ts';

/** The Service that the Ingress names, and how it finds its Pods. */
export const SERVICE_CASES: readonly TruthCase[] = [
  {
    name: 'service-missing',
    permissions: true,
    hop: 'service',
    about: 'the Ingress names a Service that does not exist',
    expect: { verdict: 'failing', cause: 'service-missing' },
    objects: web(),
    ingresses: (site) => [ingress(site, [path('wbe')])],
    until: ready('web'),
    ci: true,
  },
  {
    name: 'service-missing-one-path',
    hop: 'service',
    about: 'one of two paths names a Service that does not exist',
    expect: { verdict: 'failing', cause: 'service-missing' },
    objects: web(),
    ingresses: (site) => [ingress(site, [path('web'), path('api', 80, { path: '/api' })])],
    requests: [
      { path: '/', route: '/' },
      { path: '/api/items', route: '/api' },
    ],
    until: ready('web'),
  },
  {
    name: 'service-in-other-namespace',
    hop: 'service',
    about: 'the Service exists in another namespace only',
    expect: { verdict: 'failing', cause: 'service-in-other-namespace' },
    objects: (namespace) => [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: `${namespace}-shared` } },
      { ...service('catalog'), metadata: { name: 'catalog', namespace: `${namespace}-shared` } },
      ...web(),
    ],
    ingresses: (site) => [ingress(site, [path('catalog')])],
    until: ready('web'),
    undo: (bed) => bed.kubectl(['delete', 'namespace', `${bed.namespace}-shared`, '--wait=false']),
  },
  {
    name: 'service-port-missing',
    hop: 'service',
    about: 'the Ingress names a port number that the Service lacks',
    expect: { verdict: 'failing', cause: 'service-port-missing' },
    objects: web(),
    ingresses: (site) => [ingress(site, [path('web', 8081)])],
    until: ready('web'),
    ci: true,
  },
  {
    name: 'service-port-missing-name',
    hop: 'service',
    about: 'the Ingress names a port name that the Service lacks',
    expect: { verdict: 'failing', cause: 'service-port-missing' },
    objects: web(),
    ingresses: (site) => [ingress(site, [path('web', 'https')])],
    until: ready('web'),
  },
  {
    name: 'service-port-is-targetport',
    hop: 'service',
    about: "the Ingress names the targetPort's number in place of the Service's port",
    expect: {
      'ingress-nginx': { verdict: 'healthy' },
      contour: { verdict: 'failing', cause: 'service-port-is-targetport' },
    },
    objects: [app('web'), service('web', { targetPort: 8080 })],
    ingresses: (site) => [ingress(site, [path('web', 8080)])],
    until: ready('web'),
    ci: true,
  },
  {
    name: 'service-port-is-targetport-name',
    hop: 'service',
    about: "the Ingress names the targetPort's name in place of the Service's port",
    expect: {
      'ingress-nginx': { verdict: 'healthy' },
      contour: { verdict: 'failing', cause: 'service-port-is-targetport' },
    },
    objects: [app('web'), service('web', { name: 'web' })],
    ingresses: (site) => [ingress(site, [path('web', 'http')])],
    until: ready('web'),
  },
  {
    name: 'service-port-udp',
    hop: 'service',
    about: "the Service's port is UDP",
    expect: { verdict: 'failing', cause: 'service-port-udp' },
    objects: [app('web'), service('web', { protocol: 'UDP', targetPort: 8080 })],
    until: ready('web'),
  },
  {
    name: 'service-targetport-name-missing',
    hop: 'service',
    about: 'targetPort names a port that no container declares',
    expect: { verdict: 'failing', cause: 'service-targetport-name-missing' },
    objects: [app('web'), service('web', { targetPort: 'web' })],
    until: ready('web'),
    ci: true,
  },
  {
    name: 'service-targetport-undeclared',
    hop: 'service',
    about: 'numeric targetPort on which nothing listens',
    expect: { verdict: 'failing', cause: 'service-targetport-undeclared' },
    objects: [app('web'), service('web', { targetPort: 9090 })],
    until: ready('web'),
    ci: true,
  },
  {
    name: 'service-selector-no-pods',
    permissions: true,
    hop: 'service',
    about: "a typing error in the Service's selector",
    expect: { verdict: 'failing', cause: 'service-selector-no-pods' },
    objects: [app('web'), service('web', {}, { selector: { app: 'wbe' } })],
    until: ready('web'),
    ci: true,
  },
  {
    name: 'service-selector-no-pods-extra-label',
    hop: 'service',
    about: 'the selector asks for a label that the Pods do not have',
    expect: { verdict: 'failing', cause: 'service-selector-no-pods' },
    objects: [app('web'), service('web', {}, { selector: { app: 'web', tier: 'front' } })],
    until: ready('web'),
  },
  {
    name: 'service-selector-too-broad',
    hop: 'service',
    about: 'the selector also matches a workload that does not listen on the port',
    expect: { verdict: 'degraded', cause: 'service-selector-too-broad' },
    objects: [
      mainApp({ replicas: 2 }),
      twin('worker', {
        replicas: 2,
        args: ['-listen=:9000'],
        container: { ports: [{ name: 'metrics', containerPort: 9000 }], readinessProbe: undefined },
      }),
      service('web', { targetPort: 8080 }),
    ],
    requests: [{ count: 16 }],
    until: ready('web', 4),
    ci: true,
  },
  {
    name: 'service-no-selector-no-slices',
    hop: 'service',
    about: 'a Service without a selector, and nobody made an EndpointSlice',
    expect: { verdict: 'failing', cause: 'service-no-selector-no-slices' },
    objects: [service('web', {}, { selector: undefined })],
    until: atOnce,
  },
  {
    name: 'manual-slice-port-name',
    hop: 'service',
    about: "a manual EndpointSlice whose port has another name than the Service's",
    expect: { verdict: 'failing', cause: 'manual-slice-port-name' },
    objects: [app('web'), service('web', {}, { selector: undefined })],
    act: (bed) => sliceOfFirstPod(bed, { name: 'web', port: 8080, protocol: 'TCP' }),
    until: ready('web'),
  },
  {
    name: 'externalname-not-allowed',
    hop: 'service',
    about: 'an ExternalName Service behind a controller that refuses those',
    expect: { contour: { verdict: 'failing', cause: 'externalname-not-allowed' } },
    objects: [
      ...web(),
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'shop' },
        spec: { type: 'ExternalName', externalName: 'shop.example.test', ports: [{ port: 80 }] },
      },
    ],
    ingresses: (site) => [ingress(site, [path('shop')])],
    until: ready('web'),
  },
  {
    name: 'publish-not-ready',
    hop: 'service',
    about: 'publishNotReadyAddresses publishes a Pod that does not listen',
    expect: { verdict: 'failing', cause: 'pod-readiness-refused', remark: 'publish-not-ready' },
    objects: [
      app('web', { args: ['-listen=:9000'] }),
      service('web', {}, { publishNotReadyAddresses: true }),
    ],
    until: async (bed) =>
      (await bed.list('v1/events')).some((each) => 'message' in each && /refused/.test(String(each.message))),
  },
  {
    name: 'publish-not-ready-one-of-three',
    hop: 'service',
    about: 'publishNotReadyAddresses publishes one Pod of three that does not listen',
    expect: { verdict: 'degraded', cause: 'pod-readiness-refused', remark: 'publish-not-ready' },
    objects: [
      mainApp({ replicas: 2 }),
      twin('worker', { args: ['-listen=:9000'] }),
      service('web', {}, { publishNotReadyAddresses: true }),
    ],
    requests: [{ count: 18 }],
    until: all(someReady('web', 2), async (bed) =>
      (await bed.list('v1/events')).some((each) => 'message' in each && /refused/.test(String(each.message))),
    ),
  },
  {
    name: 'service-terminating',
    hop: 'service',
    about: 'the Service is being deleted, and a finalizer holds it',
    expect: { verdict: 'healthy', remark: 'service-terminating' },
    objects: [
      app('web'),
      { ...service('web'), metadata: { name: 'web', finalizers: ['gateway-doctor.test/hold'] } },
    ],
    until: ready('web'),
    act: (bed) => bed.kubectl(['delete', 'service', 'web', '--wait=false']),
    undo: (bed) =>
      bed.kubectl(['patch', 'service', 'web', '--type=merge', '-p', '{"metadata":{"finalizers":null}}']),
  },
  {
    name: 'endpoints-partial-manual',
    hop: 'endpoints',
    about: 'a manual EndpointSlice with one address of two not ready',
    expect: { verdict: 'degraded', cause: 'endpoints-partial' },
    objects: [app('web', { container: unprobed }), service('web', {}, { selector: undefined })],
    act: (bed) =>
      sliceOfFirstPod(bed, { name: 'http', port: 8080, protocol: 'TCP' }, [
        { addresses: ['10.244.0.250'], conditions: { ready: false } },
      ]),
    until: ready('web'),
  },
  {
    name: 'workload-missing-terminating',
    hop: 'endpoints',
    about: 'the Deployment was deleted, and its Pod is shutting down',
    expect: { verdict: 'failing', cause: 'workload-missing', remark: 'endpoints-terminating-only' },
    objects: web({ args: ['-on-term=ignore'], pod: { terminationGracePeriodSeconds: 120 } }),
    until: ready('web'),
    act: (bed) => bed.kubectl(['delete', 'deployment', 'web', '--wait=false']),
    afterwards: terminating('web'),
    undo: (bed) => bed.kubectl(['delete', 'pods', '--all', '--force', '--grace-period=0', '--wait=false']),
  },
  {
    name: 'service-port-ambiguous',
    hop: 'service',
    about: "the Ingress's number is one entry's port and another's targetPort",
    expect: { verdict: 'healthy' },
    objects: [
      app('web'),
      service(
        'web',
        {},
        {
          ports: [
            { name: 'http', port: 8080, targetPort: 'http' },
            { name: 'other', port: 80, targetPort: 8080 },
          ],
        },
      ),
    ],
    ingresses: (site) => [ingress(site, [path('web', 8080)])],
    until: ready('web'),
  },
];

/** Writes an EndpointSlice for Service web by hand, with the address of Pod web. */
async function sliceOfFirstPod(
  bed: Parameters<NonNullable<TruthCase['act']>>[0],
  port: object,
  more: readonly object[] = [],
): Promise<void> {
  const [pod] = (await bed.list('v1/pods')) as readonly { status?: { podIP?: string } }[];
  const slice = manualSlice('web', pod?.status?.podIP ?? '', port);
  const endpoints = [...(slice['endpoints'] as object[]), ...more];
  await bed.kubectl(['create', '-f', '-'], [{ ...slice, endpoints }]);
}
