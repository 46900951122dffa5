import { document } from './ingresses.ts';

const LABELS = { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' };

interface ControllerParts {
  readonly name?: string;
  readonly namespace?: string;
  readonly args?: readonly string[];
  readonly replicas?: number;
  readonly readyReplicas?: number;
  /** Further labels, which tell two installations in one namespace apart. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A Deployment of ingress-nginx; that of the base where nothing is said. */
export function nginxDeployment(parts: ControllerParts = {}): string {
  const {
    name = 'ingress-nginx-controller',
    namespace = 'ingress-nginx',
    args = ['--controller-class=k8s.io/ingress-nginx', '--ingress-class=nginx'],
    replicas = 1,
    readyReplicas = replicas,
    labels = {},
  } = parts;
  const all = { ...LABELS, ...labels };
  return document({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: all },
    spec: {
      replicas,
      selector: { matchLabels: all },
      template: {
        metadata: { labels: all },
        spec: {
          containers: [
            {
              name: 'controller',
              image: 'registry.example.com/ingress-nginx/controller:v1.14.0',
              args: ['/nginx-ingress-controller', ...args],
            },
          ],
        },
      },
    },
    status: { replicas, readyReplicas },
  });
}

interface PodParts {
  readonly name?: string;
  readonly namespace?: string;
  readonly isReady?: boolean;
  readonly created?: string;
  readonly nodeName?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly spec?: object;
  /** Status of its container, beside what follows from `isReady`. */
  readonly container?: object;
}

/** A Pod of ingress-nginx; that of the base where nothing is said. */
export function nginxPod(parts: PodParts = {}): string {
  const {
    name = 'ingress-nginx-controller-5c4d9-x8k2p',
    namespace = 'ingress-nginx',
    isReady = true,
    created = '2026-02-01T00:00:00Z',
    nodeName = 'node1',
    labels = {},
    spec = {},
    container = { state: { running: { startedAt: created } } },
  } = parts;
  return document({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      creationTimestamp: created,
      labels: { ...LABELS, 'app.kubernetes.io/instance': 'ingress-nginx', ...labels },
    },
    spec: {
      nodeName,
      containers: [{ name: 'controller', readinessProbe: { httpGet: { path: '/healthz', port: 10254 } } }],
      ...spec,
    },
    status: {
      phase: 'Running',
      podIP: '10.244.0.10',
      conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }],
      containerStatuses: [
        { name: 'controller', ready: isReady, started: isReady, restartCount: 0, ...container },
      ],
    },
  });
}

interface ServiceParts {
  readonly name?: string;
  readonly type?: string;
  readonly externalTrafficPolicy?: string;
  readonly address?: string;
  readonly created?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Further fields of `spec`. */
  readonly spec?: object;
  /** Further fields of `status`. */
  readonly status?: object;
}

/** The Service of ingress-nginx, of type LoadBalancer and without an address where nothing is said. */
export function nginxService(parts: ServiceParts = {}): string {
  const {
    name = 'ingress-nginx-controller',
    type = 'LoadBalancer',
    externalTrafficPolicy = 'Cluster',
    address,
    created = '2026-02-01T00:00:00Z',
    annotations = {},
    spec = {},
    status = {},
  } = parts;
  return document({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'ingress-nginx', creationTimestamp: created, annotations },
    spec: {
      type,
      externalTrafficPolicy,
      selector: LABELS,
      ports: [{ name: 'http', port: 80, targetPort: 'http', nodePort: 30080 }],
      ...spec,
    },
    status: { loadBalancer: address === undefined ? {} : { ingress: [{ ip: address }] }, ...status },
  });
}
