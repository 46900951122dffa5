import {
  ago,
  app,
  DAY,
  event,
  HOUR,
  info,
  ingress,
  list,
  MINUTE,
  namespace,
  node,
  type PlainObject,
  podLog,
  podsOf,
  running,
  service,
  tlsSecret,
  webContainer,
} from './objects.ts';
import { awsAlb, base, contour, haproxyIngress, ingressNginx, traefik } from './platform.ts';

/**
 * A cluster in which every Ingress works, with much in it that looks like trouble and is none.
 * Whatever is reported here above info is a false alarm.
 */
export function quietCluster(): PlainObject {
  return list([
    info,
    ...base({
      nodes: [
        node('node1'),
        node('node2', { unschedulable: true }),
        node('node3'),
        node('node4', { unreadyFor: 3 * DAY }),
      ],
    }),
    ...ingressNginx({ log: CONTROLLER_LOG }),
    ...ingressNginx({
      space: 'edge',
      className: 'edge',
      controller: 'example.com/edge',
      exposure: 'hostNetwork',
    }),
    ...ingressNginx({
      space: 'onprem',
      className: 'onprem',
      controller: 'example.com/onprem',
      exposure: 'NodePort',
    }),
    ...contour(),
    ...traefik(),
    ...haproxyIngress(),
    ...awsAlb(),
    namespace('shop', { 'pod-security.kubernetes.io/enforce': 'baseline' }),
    ...shop(),
    namespace('hard'),
    ...hardened(),
    namespace('odd'),
    ...odd(),
    namespace('other'),
    ...otherProducts(),
  ]);
}

/** Trouble that is over, of Pods that are gone, or that is none. */
const CONTROLLER_LOG = [
  'W0302 08:00:00.000000       7 controller.go:1219] Service "shop/web" does not have any active Endpoint.',
  '2026/03/02 09:12:00 [error] 31#31: *88 connect() failed (111: Connection refused) while connecting to upstream, client: 198.51.100.7, server: shop.example.com, request: "GET / HTTP/1.1", upstream: "http://10.99.0.9:8080/", host: "shop.example.com"',
  '198.51.100.7 - - [02/Mar/2026:14:05:40 +0000] "GET / HTTP/1.1" 499 0 "-" "curl/8.5" 91 0.012 [shop-web-80] [] - - - - 4b0e',
  '198.51.100.8 - - [02/Mar/2026:14:05:41 +0000] "GET /nothing HTTP/1.1" 404 146 "-" "curl/8.5" 91 0.003 [shop-web-80] [] 10.99.0.9:8080 146 0.003 404 5c1f',
];

/** Everyday life behind ingress-nginx. */
function shop(): readonly PlainObject[] {
  const tls = (secretName: string, ...hosts: readonly string[]) => [{ hosts, secretName }];
  return [
    // A certificate for several names, and a native sidecar.
    ...app({
      namespace: 'shop',
      name: 'web',
      initContainers: [
        { name: 'migrate', image: 'registry.example.com/shop/migrate:1.8.2' },
        {
          name: 'mesh',
          image: 'registry.example.com/mesh/proxy:2.1',
          restartPolicy: 'Always',
          ports: [{ name: 'metrics', containerPort: 15020 }],
        },
      ],
      pods: [0, 1].map(() => ({
        initContainers: [
          {
            name: 'migrate',
            ready: true,
            started: false,
            restartCount: 1,
            state: {
              terminated: {
                exitCode: 0,
                reason: 'Completed',
                startedAt: ago(20 * DAY),
                finishedAt: ago(20 * DAY),
              },
            },
          },
          {
            name: 'mesh',
            ready: true,
            started: true,
            restartCount: 0,
            state: { running: { startedAt: ago(20 * DAY) } },
          },
        ],
      })),
    }),
    tlsSecret('shop', 'web-tls', ['shop.example.com', 'www.shop.example.com']),
    ingress({
      namespace: 'shop',
      name: 'web',
      className: 'nginx',
      hosts: ['shop.example.com', 'www.shop.example.com'],
      tls: tls('web-tls', 'shop.example.com', 'www.shop.example.com'),
    }),

    // A rollout in progress under a wildcard certificate, scaled by an HPA, with a canary beside it.
    ...app({
      namespace: 'shop',
      name: 'api',
      revision: 8,
      rolledOut: 25,
      containers: [webContainer('api:2.4.0')],
      replicas: 4,
      pods: [
        { age: 25, since: 5 },
        {
          ready: false,
          age: 9,
          containers: [running(webContainer('api:2.4.0'), { since: 4, ready: false })],
        },
      ],
      previous: { containers: [webContainer('api:2.3.1')], pods: [{}, {}, {}, { terminatingFor: 4 }] },
      conditions: [
        { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' },
        { type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated' },
      ],
    }),
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'api', namespace: 'shop' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' },
        minReplicas: 4,
        maxReplicas: 10,
      },
      status: { currentReplicas: 4, desiredReplicas: 4 },
    },
    ...app({ namespace: 'shop', name: 'api-canary', pods: [{}] }),
    tlsSecret('shop', 'wildcard-tls', ['*.example.com'], {
      chain: ['CN=R11,O=Example Trust,C=US', 'CN=Example Root X1'],
    }),
    ingress({
      namespace: 'shop',
      name: 'api',
      className: 'nginx',
      hosts: ['api.example.com'],
      tls: tls('wildcard-tls', 'api.example.com'),
    }),
    ingress({
      namespace: 'shop',
      name: 'api-canary',
      className: 'nginx',
      hosts: ['api.example.com'],
      tls: tls('wildcard-tls', 'api.example.com'),
      annotations: {
        'nginx.ingress.kubernetes.io/canary': 'true',
        'nginx.ingress.kubernetes.io/canary-weight': '10',
      },
    }),

    // Regular expressions, and paths that only look alike.
    ingress({
      namespace: 'shop',
      name: 'regex',
      className: 'nginx',
      hosts: ['files.example.com'],
      paths: [
        ['/v1(/|$)(.*)', 'web', 80, 'ImplementationSpecific'],
        ['/v2/[0-9]+/items', 'web', 'http', 'ImplementationSpecific'],
      ],
      annotations: {
        'nginx.ingress.kubernetes.io/use-regex': 'true',
        'nginx.ingress.kubernetes.io/rewrite-target': '/$2',
      },
    }),
    ingress({
      namespace: 'shop',
      name: 'paths',
      className: 'nginx',
      hosts: ['paths.example.com', '*.apps.example.com'],
      paths: [
        ['/', 'web', 80],
        ['/api', 'api', 80],
        ['/api', 'web', 80, 'Exact'],
        ['/api/', 'api', 80, 'ImplementationSpecific'],
      ],
      tls: [{ hosts: ['paths.example.com', '*.apps.example.com'] }],
    }),

    // Services of other kinds.
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'cdn', namespace: 'shop' },
      spec: {
        type: 'ExternalName',
        externalName: 'cdn.example.net',
        ports: [{ name: 'https', port: 443, targetPort: 443, protocol: 'TCP' }],
      },
    },
    ingress({
      namespace: 'shop',
      name: 'external',
      className: 'nginx',
      hosts: ['static.example.com'],
      paths: [['/', 'cdn', 443]],
      annotations: {
        'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS',
        'nginx.ingress.kubernetes.io/upstream-vhost': 'cdn.example.net',
      },
    }),
    ...app({
      namespace: 'shop',
      name: 'search',
      kind: 'StatefulSet',
      pods: [{}, {}, {}],
      service: { ports: [{ name: 'http', port: 9200, targetPort: 'http' }], spec: { clusterIP: 'None' } },
    }),
    ingress({
      namespace: 'shop',
      name: 'search',
      className: 'nginx',
      hosts: ['search.example.com'],
      paths: [['/', 'search', 9200]],
    }),
    ...app({
      namespace: 'shop',
      name: 'logs',
      kind: 'DaemonSet',
      spec: { tolerations: [{ operator: 'Exists' }] },
      pods: [{}, {}, {}],
      service: { spec: { type: 'NodePort', internalTrafficPolicy: 'Cluster' } },
    }),
    ingress({
      namespace: 'shop',
      name: 'logs',
      className: 'nginx',
      hosts: ['logs.example.com'],
      annotations: { 'nginx.ingress.kubernetes.io/whitelist-source-range': '10.0.0.0/8' },
    }),

    // The old way to name a class; a default backend alone.
    ingress({
      namespace: 'shop',
      name: 'legacy',
      hosts: ['old.example.com'],
      paths: [['/', 'web', 80]],
      annotations: { 'kubernetes.io/ingress.class': 'nginx' },
    }),
    ingress({
      namespace: 'shop',
      name: 'fallback',
      className: 'nginx',
      hosts: [],
      spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
    }),

    // The same host and path of another controller; a host that a wildcard entry covers.
    ingress({
      namespace: 'shop',
      name: 'web-internal',
      className: 'edge',
      hosts: ['shop.example.com'],
      paths: [['/', 'web', 80]],
      address: { ip: '192.0.2.11' },
    }),
    tlsSecret('shop', 'apps-tls', ['*.apps.example.com']),
    ingress({
      namespace: 'shop',
      name: 'covered',
      className: 'nginx',
      hosts: ['one.apps.example.com'],
      paths: [['/', 'web', 80]],
      tls: tls('apps-tls', '*.apps.example.com'),
    }),
    // A quota that is used up by what is there and wanted.
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'compute', namespace: 'shop' },
      spec: { hard: { pods: '24' } },
      status: { hard: { pods: '24' }, used: { pods: '24' } },
    },
    // Scaled to zero, and used by nobody.
    ...app({ namespace: 'shop', name: 'nightly', pods: [], replicas: 0 }),
    // Warnings about what is long mended.
    event(
      { kind: 'Deployment', namespace: 'shop', name: 'web' },
      'FailedCreate',
      'Error creating: pods "web-" is forbidden: exceeded quota: compute',
      { age: 50 * MINUTE, count: 12 },
    ),
    event({ kind: 'Ingress', namespace: 'shop', name: 'web' }, 'Sync', 'Scheduled for sync', {
      type: 'Normal',
      age: 40 * MINUTE,
    }),
  ];
}

/** Pods with a past. */
function odd(): readonly PlainObject[] {
  // Finished Job Pods carry the Service's label, as do leftovers of evictions.
  const reports = app({
    namespace: 'odd',
    name: 'report',
    pods: [
      {},
      {},
      {
        phase: 'Failed',
        ready: false,
        reason: 'Evicted',
        message: 'The node was low on resource: ephemeral-storage.',
        age: 2 * DAY,
      },
      {
        phase: 'Failed',
        ready: false,
        reason: 'Evicted',
        message: 'The node was low on resource: memory.',
        age: 3 * DAY,
        node: 'node4',
      },
    ],
    replicas: 2,
  });
  const job = (name: string, phase: 'Succeeded' | 'Failed', exitCode: number): PlainObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'odd',
      labels: { app: 'report', 'job-name': name },
      creationTimestamp: ago(6 * HOUR),
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name, controller: true }],
    },
    spec: {
      nodeName: 'node1',
      restartPolicy: 'Never',
      containers: [{ name: 'job', image: 'registry.example.com/shop/report:3' }],
    },
    status: {
      phase,
      podIP: '10.250.0.9',
      conditions: [
        { type: 'Ready', status: 'False', reason: phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed' },
      ],
      containerStatuses: [
        {
          name: 'job',
          ready: false,
          restartCount: 0,
          state: {
            terminated: {
              exitCode,
              reason: exitCode === 0 ? 'Completed' : 'Error',
              startedAt: ago(6 * HOUR),
              finishedAt: ago(5 * HOUR),
            },
          },
        },
      ],
    },
  });
  // Restarted long ago, once for want of memory, once by its liveness probe.
  const container = webContainer('veteran:1.0.0', {
    livenessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 10, failureThreshold: 3 },
  });
  const last = (exitCode: number, reason: string, finished: number) => ({
    terminated: { exitCode, reason, startedAt: ago(finished + HOUR), finishedAt: ago(finished) },
  });
  const veterans = app({
    namespace: 'odd',
    name: 'veteran',
    containers: [container],
    pods: [
      {
        containers: [
          running(container, { since: 12 * DAY, restarts: 7, last: last(137, 'OOMKilled', 12 * DAY) }),
        ],
      },
      {
        containers: [running(container, { since: 9 * DAY, restarts: 2, last: last(143, 'Error', 9 * DAY) })],
      },
    ],
  });
  const [veteran] = podsOf(veterans, 'veteran');
  const noisy = app({ namespace: 'odd', name: 'noisy' });
  const [loud, other] = podsOf(noisy, 'noisy');
  const traffic = (status: number, second: string) =>
    `10.244.1.7 - - [02/Mar/2026:14:05:${second} +0000] "GET /items?page=${second} HTTP/1.1" ${status} 512 "-" "Mozilla/5.0"`;
  // Ports that nobody declares, which is no fault: nothing has to.
  const silent = webContainer('silent:1');
  const { ports: _, ...undeclared } = { ...silent, readinessProbe: { httpGet: { path: '/', port: 3000 } } };
  const dual = app({
    namespace: 'odd',
    name: 'dual',
    service: { spec: { ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'PreferDualStack' } },
  });
  const dualPods = podsOf(dual, 'dual');
  const sixth = (index: number) => `fd00:10:244::${index + 21}`;
  const sixes = dual
    .filter(({ kind }) => kind === 'EndpointSlice')
    .map((slice) => ({
      ...slice,
      metadata: { ...slice.metadata, name: 'dual-v6six' },
      addressType: 'IPv6',
      endpoints: (slice['endpoints'] as readonly object[]).map((endpoint, index) => ({
        ...endpoint,
        addresses: [sixth(index)],
      })),
    }));
  const dualStack = dual.map((object) => {
    if (object.kind !== 'Pod') return object;
    const status = object['status'] as { podIPs: readonly object[] };
    const six = dualPods.findIndex(({ name }) => name === object.metadata?.name);
    return { ...object, status: { ...status, podIPs: [...status.podIPs, { ip: sixth(six) }] } };
  });
  return [
    ...reports,
    job('report-28100', 'Succeeded', 0),
    job('report-28099', 'Failed', 1),
    ingress({ namespace: 'odd', name: 'report', className: 'nginx', hosts: ['report.example.com'] }),
    ...veterans,
    event(
      { kind: 'Pod', namespace: 'odd', name: veteran?.name ?? '' },
      'Unhealthy',
      'Readiness probe failed: HTTP probe failed with statuscode: 503',
      { age: 48 * MINUTE, over: 5 * MINUTE, count: 31 },
    ),
    event(
      { kind: 'Pod', namespace: 'odd', name: veteran?.name ?? '' },
      'FailedScheduling',
      '0/4 nodes are available: 4 Insufficient cpu.',
      { age: 55 * MINUTE },
    ),
    ingress({ namespace: 'odd', name: 'veteran', className: 'nginx', hosts: ['veteran.example.com'] }),
    // One error among much that works; a dependency that was away for a moment.
    ...noisy,
    podLog('odd', loud?.name ?? '', 'app', [
      traffic(200, '01'),
      '2026-03-02T14:05:02Z ERROR failed to send metrics batch: connection refused, will retry',
      ...['03', '07', '11', '15', '19', '23', '27', '31'].map((second) => traffic(200, second)),
      traffic(500, '33'),
      ...['35', '39', '43', '47', '51', '55'].map((second) => traffic(second === '43' ? 404 : 200, second)),
    ]),
    podLog('odd', other?.name ?? '', 'app', [
      '2026-03-02T09:00:01Z INFO listening on 0.0.0.0:8080',
      '2026-03-02T09:10:00Z ERROR dial tcp 10.96.3.4:5432: connect: connection refused',
      '2026-03-02T09:10:05Z INFO database connection restored',
      '2026-03-02T14:05:58Z INFO 0 errors in the last interval',
    ]),
    ingress({ namespace: 'odd', name: 'noisy', className: 'nginx', hosts: ['noisy.example.com'] }),
    ...app({
      namespace: 'odd',
      name: 'silent',
      containers: [undeclared],
      service: { ports: [{ port: 80, targetPort: 3000 }] },
    }),
    ingress({ namespace: 'odd', name: 'silent', className: 'nginx', hosts: ['silent.example.com'] }),
    ...dualStack,
    ...sixes,
    ingress({
      namespace: 'odd',
      name: 'dual',
      className: 'nginx',
      hosts: ['dual.example.com'],
      address: { ip: '2001:db8::10' },
    }),
    ...app({
      namespace: 'odd',
      name: 'wide',
      pods: Array.from({ length: 7 }, () => ({})),
      service: { sliceSize: 3 },
    }),
    ingress({ namespace: 'odd', name: 'wide', className: 'nginx', hosts: ['wide.example.com'] }),
    // A scale-down: the Pods that go still serve what they have.
    ...app({
      namespace: 'odd',
      name: 'shrinking',
      pods: [{}, {}, { terminatingFor: 12 }, { terminatingFor: 12, ready: false, since: 5 }],
      replicas: 2,
    }),
    ingress({ namespace: 'odd', name: 'shrinking', className: 'nginx', hosts: ['shrinking.example.com'] }),
    // The Node died days ago; its Pods were replaced and wait for it to confirm their end.
    ...app({
      namespace: 'odd',
      name: 'survivor',
      pods: [{}, {}, { node: 'node4', terminatingFor: 3 * DAY - 5 * MINUTE, ready: false, since: 3 * DAY }],
      replicas: 2,
    }),
    ingress({ namespace: 'odd', name: 'survivor', className: 'nginx', hosts: ['survivor.example.com'] }),
    // A rolling update of a StatefulSet, and Pods that just now wait for a Node to be added.
    ...app({
      namespace: 'odd',
      name: 'rolling',
      kind: 'StatefulSet',
      pods: [
        {},
        {},
        {
          ready: false,
          age: 7,
          since: 7,
          containers: [running(webContainer('rolling:2'), { since: 3, ready: false })],
        },
      ],
    }),
    ingress({ namespace: 'odd', name: 'rolling', className: 'nginx', hosts: ['rolling.example.com'] }),
    ...app({
      namespace: 'odd',
      name: 'growing',
      pods: [{}, {}, {}, { age: 15, unschedulable: '0/4 nodes are available: 4 Insufficient cpu.' }],
    }),
    ingress({ namespace: 'odd', name: 'growing', className: 'nginx', hosts: ['growing.example.com'] }),
    // Drained: Pods still run on a cordoned Node.
    ...app({ namespace: 'odd', name: 'drained', pods: [{ node: 'node2' }, { node: 'node2' }] }),
    ingress({ namespace: 'odd', name: 'drained', className: 'nginx', hosts: ['drained.example.com'] }),
    // A plain sidecar that declares ports of its own, and a port for metrics that the Service has too.
    ...app({
      namespace: 'odd',
      name: 'meshed',
      containers: [
        webContainer('meshed:4'),
        {
          name: 'proxy',
          image: 'registry.example.com/mesh/proxy:2.1',
          ports: [{ name: 'http-envoy-prom', containerPort: 15090 }],
          readinessProbe: { httpGet: { path: '/healthz/ready', port: 15021 } },
        },
      ],
      service: {
        ports: [
          { name: 'http', port: 80, targetPort: 8080 },
          { name: 'metrics', port: 9090, targetPort: 15090 },
        ],
      },
    }),
    ingress({ namespace: 'odd', name: 'meshed', className: 'nginx', hosts: ['meshed.example.com'] }),
    // Endpoints that somebody keeps by hand.
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'mainframe', namespace: 'odd' },
      spec: {
        type: 'ClusterIP',
        clusterIP: '10.96.9.9',
        ports: [{ name: 'http', port: 80, targetPort: 8081, protocol: 'TCP' }],
      },
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: 'mainframe-1',
        namespace: 'odd',
        labels: { 'kubernetes.io/service-name': 'mainframe' },
      },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['192.0.2.200'] }],
      ports: [{ name: 'http', port: 8081, protocol: 'TCP' }],
    },
    ingress({ namespace: 'odd', name: 'mainframe', className: 'nginx', hosts: ['mainframe.example.com'] }),
    // Served on the host's network, and by a NodePort only.
    ...app({ namespace: 'odd', name: 'edge' }),
    ingress({
      namespace: 'odd',
      name: 'edge',
      className: 'edge',
      hosts: ['edge.example.com'],
      address: { ip: '192.0.2.11' },
    }),
    ingress({
      namespace: 'odd',
      name: 'onprem',
      className: 'onprem',
      hosts: ['onprem.example.com'],
      paths: [['/', 'edge', 80]],
      address: { ip: '10.96.1.1' },
    }),
  ];
}

/** Default-deny with what it takes to be reached. */
function hardened(): readonly PlainObject[] {
  const policy = (name: string, spec: object): PlainObject => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'hard' },
    spec,
  });
  return [
    ...app({ namespace: 'hard', name: 'bank' }),
    policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
    policy('allow-dns', {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [
        {
          ports: [
            { port: 53, protocol: 'UDP' },
            { port: 53, protocol: 'TCP' },
          ],
        },
      ],
    }),
    policy('allow-ingress', {
      podSelector: { matchLabels: { app: 'bank' } },
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } },
              podSelector: { matchLabels: { 'app.kubernetes.io/component': 'controller' } },
            },
          ],
          ports: [{ port: 'http' }],
        },
      ],
    }),
    // Selects Pods of another app.
    policy('lock-batch', { podSelector: { matchLabels: { app: 'batch' } }, policyTypes: ['Ingress'] }),
    ingress({ namespace: 'hard', name: 'bank', className: 'nginx', hosts: ['bank.example.com'] }),
  ];
}

function otherProducts(): readonly PlainObject[] {
  const secure = webContainer('secure:1', {
    ports: [{ name: 'https', containerPort: 8443 }],
    readinessProbe: { httpGet: { path: '/', port: 'https', scheme: 'HTTPS' } },
  });
  const address = { ip: '203.0.113.20' };
  const alb = { hostname: 'k8s-other-alb-1a2b3c.eu-west-1.elb.amazonaws.com' };
  return [
    ...app({ namespace: 'other', name: 'plain' }),
    ...app({
      namespace: 'other',
      name: 'secure',
      containers: [secure],
      service: {
        ports: [{ name: 'https', port: 443, targetPort: 'https' }],
        annotations: { 'projectcontour.io/upstream-protocol.tls': 'https' },
      },
    }),
    tlsSecret('other', 'wide-tls', ['*.other.example.com', 'other.example.com']),
    ingress({
      namespace: 'other',
      name: 'contour',
      className: 'contour',
      hosts: ['contour.example.com'],
      paths: [['/', 'plain', 'http']],
      address,
    }),
    ingress({
      namespace: 'other',
      name: 'contour-tls',
      className: 'contour',
      hosts: ['c.other.example.com'],
      paths: [['/', 'secure', 443]],
      tls: [{ hosts: ['c.other.example.com'], secretName: 'wide-tls' }],
      address,
    }),
    ingress({
      namespace: 'other',
      name: 'traefik',
      className: 'traefik',
      hosts: ['traefik.example.com'],
      paths: [
        ['/', 'plain', 80],
        ['/app', 'plain', 'http'],
      ],
      annotations: { 'traefik.ingress.kubernetes.io/router.entrypoints': 'web,websecure' },
      address,
    }),
    ingress({
      namespace: 'other',
      name: 'traefik-tls',
      className: 'traefik',
      hosts: ['t.other.example.com'],
      paths: [['/', 'plain', 80]],
      tls: [{ secretName: 'wide-tls' }],
      address: null,
    }),
    ingress({
      namespace: 'other',
      name: 'haproxy',
      className: 'haproxy',
      hosts: ['haproxy.example.com'],
      paths: [['/', 'plain', 80]],
      address,
    }),
    ingress({
      namespace: 'other',
      name: 'haproxy-annotated',
      hosts: ['haproxy2.example.com'],
      paths: [['/', 'plain', 80, 'ImplementationSpecific']],
      annotations: { 'kubernetes.io/ingress.class': 'haproxy' },
      address,
    }),
    // An ALB that sends to Pods, with its readiness gate, and one that sends to Nodes.
    ...app({
      namespace: 'other',
      name: 'gated',
      pods: [0, 1].map(() => ({
        gates: [{ type: 'target-health.elbv2.k8s.aws/k8s-other-gated-0a1b2c', status: 'True' }],
      })),
    }),
    ingress({
      namespace: 'other',
      name: 'alb-ip',
      className: 'alb',
      hosts: ['alb.example.com'],
      paths: [['/', 'gated', 80]],
      annotations: {
        'alb.ingress.kubernetes.io/target-type': 'ip',
        'alb.ingress.kubernetes.io/scheme': 'internet-facing',
      },
      address: alb,
    }),
    ...app({ namespace: 'other', name: 'nodes', service: { spec: { type: 'NodePort' } } }),
    ingress({
      namespace: 'other',
      name: 'alb-instance',
      className: 'alb',
      hosts: ['alb2.example.com'],
      paths: [['/*', 'nodes', 80, 'ImplementationSpecific']],
      annotations: {
        'alb.ingress.kubernetes.io/certificate-arn': 'arn:aws:acm:eu-west-1:111122223333:certificate/abc',
      },
      address: alb,
    }),
    ...app({
      namespace: 'other',
      name: 'neg',
      service: { annotations: { 'cloud.google.com/neg': '{"ingress":true}' } },
    }),
    ingress({
      namespace: 'other',
      name: 'gke',
      hosts: ['gke.example.com'],
      paths: [['/*', 'neg', 80, 'ImplementationSpecific']],
      annotations: {
        'kubernetes.io/ingress.class': 'gce',
        'ingress.kubernetes.io/backends':
          '{"k8s1-0a1b-other-neg-80-3c4d":"HEALTHY","k8s1-0a1b-kube-system-default-http-backend-80":"HEALTHY"}',
        'kubernetes.io/ingress.global-static-ip-name': 'gke-ip',
      },
      address: { ip: '203.0.113.77' },
    }),
    ingress({
      namespace: 'other',
      name: 'gke-internal',
      hosts: ['gke-internal.example.com'],
      paths: [['/', 'neg', 80]],
      annotations: {
        'kubernetes.io/ingress.class': 'gce-internal',
        'networking.gke.io/managed-certificates': 'gke-cert',
      },
      address: { ip: '10.128.0.9' },
    }),
    // Two Services over the same Pods, one of them by a name that is no label of theirs.
    ...service({ namespace: 'other', name: 'alias', selector: { app: 'plain' } }, []).filter(
      ({ kind }) => kind === 'Service',
    ),
  ];
}
