import { type PodState, webContainer } from './definitions.ts';
import { namespace, node, type PlainObject, podLog, podsOf } from './objects.ts';
import { app } from './workload.ts';

/** CoreDNS's usual configuration. */
export const COREFILE =
  '.:53 {\n    errors\n    health\n    ready\n    kubernetes cluster.local in-addr.arpa ip6.arpa\n    forward . /etc/resolv.conf\n    cache 30\n    loop\n    reload\n}\n';

/** Three Nodes, cluster DNS and the namespaces that every cluster has. */
export function base({
  nodes = [node('node1'), node('node2'), node('node3')],
  dns = {} as object,
  corefile = COREFILE,
} = {}): readonly PlainObject[] {
  const coredns = {
    name: 'coredns',
    image: 'registry.example.com/coredns/coredns:v1.12.0',
    args: ['-conf', '/etc/coredns/Corefile'],
    ports: [
      { name: 'dns', containerPort: 53 },
      { name: 'dns-tcp', containerPort: 53 },
    ],
    readinessProbe: { httpGet: { path: '/ready', port: 8181 } },
  };
  return [
    ...nodes,
    namespace('kube-system'),
    namespace('default'),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'coredns', namespace: 'kube-system' },
      data: {
        Corefile: corefile,
      },
    },
    ...app({
      namespace: 'kube-system',
      name: 'coredns',
      labels: { 'k8s-app': 'kube-dns' },
      containers: [coredns],
      service: {
        name: 'kube-dns',
        ports: [
          { name: 'dns', port: 53 },
          { name: 'dns-tcp', port: 53 },
        ],
      },
      ...dns,
    }),
  ];
}

/** How an installation of ingress-nginx differs from the chart's default. */
interface NginxOptions {
  readonly space?: string;
  readonly className?: string;
  readonly controller?: string;
  readonly exposure?: 'LoadBalancer' | 'NodePort' | 'hostNetwork';
  readonly pods?: readonly PodState[];
  /** Lines of the log of the first Pod. */
  readonly log?: readonly string[];
  /** Further arguments. */
  readonly args?: readonly string[];
}

export function ingressNginx({
  space = 'ingress-nginx',
  className = 'nginx',
  controller = 'k8s.io/ingress-nginx',
  exposure = 'LoadBalancer',
  pods = [{}, {}],
  log = [],
  args = [],
}: NginxOptions = {}): readonly PlainObject[] {
  const labels = {
    'app.kubernetes.io/name': 'ingress-nginx',
    'app.kubernetes.io/instance': space,
    'app.kubernetes.io/component': 'controller',
  };
  const name = 'ingress-nginx-controller';
  const isHost = exposure === 'hostNetwork';
  const objects = app({
    namespace: space,
    name,
    kind: isHost ? 'DaemonSet' : 'Deployment',
    labels,
    pods,
    spec: isHost ? { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' } : {},
    containers: [
      {
        name: 'controller',
        image: 'registry.example.com/ingress-nginx/controller:v1.14.0',
        args: [
          '/nginx-ingress-controller',
          ...(isHost
            ? ['--report-node-internal-ip-address=true']
            : [`--publish-service=$(POD_NAMESPACE)/${name}`]),
          `--election-id=${space}-leader`,
          `--controller-class=${controller}`,
          `--ingress-class=${className}`,
          `--configmap=$(POD_NAMESPACE)/${name}`,
          ...args,
        ],
        ports: [
          { name: 'http', containerPort: 80 },
          { name: 'https', containerPort: 443 },
        ],
        readinessProbe: { httpGet: { path: '/healthz', port: 10254, scheme: 'HTTP' } },
      },
    ],
    service: isHost
      ? false
      : {
          name,
          ports: [
            { name: 'http', port: 80, targetPort: 'http' },
            { name: 'https', port: 443, targetPort: 'https' },
          ],
          spec: { type: exposure, externalTrafficPolicy: 'Cluster' },
        },
  }).map((object) =>
    object.kind === 'Service' && exposure === 'LoadBalancer'
      ? { ...object, status: { loadBalancer: { ingress: [{ ip: '203.0.113.10' }] } } }
      : object,
  );
  const [first] = podsOf(objects, name);
  return [
    namespace(space),
    ingressClass(className, controller),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: space }, data: {} },
    ...objects,
    ...(log.length > 0 && first !== undefined ? [podLog(space, first.name, 'controller', log)] : []),
  ];
}

export function ingressClass(name: string, controller: string): PlainObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name },
    spec: { controller },
  };
}

/** A product's own installation, reduced to what tells it and its Service of type LoadBalancer. */
export function proxy(
  space: string,
  name: string,
  labels: Readonly<Record<string, string>>,
  container: {
    readonly image: string;
    readonly args: readonly string[];
    readonly command?: readonly string[];
  },
  kind: 'Deployment' | 'DaemonSet' = 'Deployment',
): readonly PlainObject[] {
  return app({
    namespace: space,
    name,
    kind,
    labels,
    containers: [
      {
        name,
        ...container,
        ports: [
          { name: 'http', containerPort: 8080 },
          { name: 'https', containerPort: 8443 },
        ],
      },
    ],
    service: {
      ports: [
        { name: 'http', port: 80, targetPort: 'http' },
        { name: 'https', port: 443, targetPort: 'https' },
      ],
      spec: { type: 'LoadBalancer', externalTrafficPolicy: 'Cluster' },
    },
  }).map((object) =>
    object.kind === 'Service'
      ? { ...object, status: { loadBalancer: { ingress: [{ ip: '203.0.113.20' }] } } }
      : object,
  );
}

export function contour(): readonly PlainObject[] {
  return [
    namespace('projectcontour'),
    ingressClass('contour', 'projectcontour.io/ingress-controller'),
    ...app({
      namespace: 'projectcontour',
      name: 'contour',
      labels: { app: 'contour', 'app.kubernetes.io/name': 'contour' },
      containers: [
        {
          name: 'contour',
          image: 'registry.example.com/projectcontour/contour:v1.33.0',
          command: ['contour'],
          args: ['serve', '--incluster', '--ingress-class-name=contour'],
          ports: [{ name: 'xds', containerPort: 8001 }],
        },
      ],
      service: { ports: [{ name: 'xds', port: 8001, targetPort: 8001 }] },
    }),
    ...proxy(
      'projectcontour',
      'envoy',
      { app: 'envoy', 'app.kubernetes.io/name': 'contour', 'app.kubernetes.io/component': 'envoy' },
      {
        image: 'registry.example.com/envoyproxy/envoy:v1.35.0',
        command: ['envoy'],
        args: ['-c', '/config/envoy.json'],
      },
      'DaemonSet',
    ),
  ];
}

export function traefik(): readonly PlainObject[] {
  return [
    namespace('traefik'),
    ingressClass('traefik', 'traefik.io/ingress-controller'),
    ...proxy(
      'traefik',
      'traefik',
      { 'app.kubernetes.io/name': 'traefik' },
      {
        image: 'registry.example.com/library/traefik:v3.6.0',
        args: [
          '--providers.kubernetesingress',
          '--entryPoints.web.address=:8080/tcp',
          '--entryPoints.websecure.address=:8443/tcp',
          '--entryPoints.websecure.http.tls=true',
        ],
      },
    ),
  ];
}

export function haproxyIngress(): readonly PlainObject[] {
  return [
    namespace('haproxy'),
    ingressClass('haproxy', 'haproxy-ingress.github.io/controller'),
    ...proxy(
      'haproxy',
      'haproxy-ingress',
      { 'app.kubernetes.io/name': 'haproxy-ingress' },
      {
        image: 'registry.example.com/jcmoraisjr/haproxy-ingress:v0.15.0',
        args: ['--configmap=haproxy/haproxy-ingress'],
      },
    ),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'haproxy-ingress', namespace: 'haproxy' },
      data: {},
    },
  ];
}

/** The AWS Load Balancer Controller: its load balancers are outside, its Pods only configure them. */
export function awsAlb(): readonly PlainObject[] {
  return [
    ingressClass('alb', 'ingress.k8s.aws/alb'),
    ...app({
      namespace: 'kube-system',
      name: 'aws-load-balancer-controller',
      labels: { 'app.kubernetes.io/name': 'aws-load-balancer-controller' },
      containers: [
        webContainer('x', {
          name: 'controller',
          image: 'registry.example.com/eks/aws-load-balancer-controller:v2.13.0',
          args: ['--cluster-name=prod', '--ingress-class=alb'],
        }),
      ],
      service: false,
    }),
  ];
}
