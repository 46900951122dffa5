import { running, webContainer } from '../definitions.ts';
import { ago, DAY, event, HOUR, ingress, MINUTE, type PlainObject, podLog, podsOf } from '../objects.ts';
import { app } from '../workload.ts';

/** Pods with a past. */
export function odd(): readonly PlainObject[] {
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
