import { running, webContainer } from '../definitions.ts';
import { ago, DAY, event, ingress, MINUTE, type PlainObject, tlsSecret } from '../objects.ts';
import { app } from '../workload.ts';

/** Everyday life behind ingress-nginx. */
export function shop(): readonly PlainObject[] {
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
        ['/v2(/)([0-9]+/items)', 'web', 'http', 'ImplementationSpecific'],
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

/** Default-deny with what it takes to be reached. */
export function hardened(): readonly PlainObject[] {
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
