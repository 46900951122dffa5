import { document } from './ingresses.ts';

/** What tests of load balancers outside the cluster vary, each as one or more documents of an overlay. */

/** The controller of a cloud's load balancers: its Deployment and ready Pod in kube-system, and its IngressClass. */
interface CloudController {
  readonly className: string;
  readonly controller: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly image: string;
  readonly args?: readonly string[];
  readonly parameters?: object;
}

const ALB: CloudController = {
  className: 'alb',
  controller: 'ingress.k8s.aws/alb',
  labels: { 'app.kubernetes.io/name': 'aws-load-balancer-controller' },
  image: 'aws-load-balancer-controller:v2.13.0',
};

const AGIC: CloudController = {
  className: 'appgw',
  controller: 'azure/application-gateway',
  labels: { app: 'ingress-appgw' },
  image: 'azure-application-gateway/kubernetes-ingress:1.8.0',
};

/** AWS Load Balancer Controller with IngressClass `alb`. */
export function albController(parts: Partial<CloudController> = {}): string {
  return cloudController({ ...ALB, ...parts });
}

/** Application Gateway Ingress Controller with IngressClass `appgw`; its Pod is kube-system/agic-1. */
export function agicController(): string {
  return cloudController(AGIC);
}

function cloudController(parts: CloudController): string {
  const { className, controller, labels, image, args = ['--cluster-name=shop'], parameters } = parts;
  const name = controller === AGIC.controller ? 'agic' : 'alb';
  const metadata = { name, namespace: 'kube-system', labels };
  const containers = [{ name: 'controller', image: `registry.example.com/${image}`, args }];
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name: className },
      spec: { controller, ...(parameters !== undefined && { parameters }) },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers } },
      },
      status: { replicas: 1, readyReplicas: 1 },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...metadata, name: `${name}-1`, creationTimestamp: '2026-02-01T00:00:00Z' },
      spec: { nodeName: 'node1', containers },
      status: {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'True' }],
        containerStatuses: [
          {
            name: 'controller',
            ready: true,
            restartCount: 0,
            state: { running: { startedAt: '2026-02-01T00:00:00Z' } },
          },
        ],
      },
    },
  ]
    .map(document)
    .join('');
}

interface EventParts {
  readonly reason: string;
  readonly message?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly type?: string;
  /** Minutes before the examples' time. */
  readonly minutesAgo?: number;
}

/** An event about Ingress shop/web unless something else is said, two minutes ago. */
export function event(parts: EventParts): string {
  const { reason, message = '', kind = 'Ingress', namespace = 'shop', name = 'web' } = parts;
  const { type = 'Warning', minutesAgo = 2 } = parts;
  const time = new Date(Date.parse('2026-03-02T12:00:00Z') - minutesAgo * 60_000).toISOString();
  return document({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${reason.toLowerCase()}.${minutesAgo}`, namespace },
    involvedObject: { kind, namespace, name },
    type,
    reason,
    message,
    count: 3,
    lastTimestamp: time,
  });
}

/** Node node1 of a cloud; without one, as it is on bare metal. */
export function cloudNode(providerID?: string): string {
  return document({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node1' },
    spec: providerID === undefined ? {} : { providerID },
    status: {
      conditions: [{ type: 'Ready', status: 'True' }],
      addresses: [{ type: 'InternalIP', address: '192.0.2.10' }],
    },
  });
}

/** The ConfigMap of ingress-nginx. */
export function nginxConfig(data: Readonly<Record<string, string>>): string {
  return document({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'ingress-nginx-controller', namespace: 'ingress-nginx' },
    data,
  });
}

/** Lines in the log of the Pod of ingress-nginx. */
export function nginxLog(...lines: readonly string[]): string {
  return document({
    apiVersion: 'gateway-doctor/v1',
    kind: 'PodLog',
    metadata: { namespace: 'ingress-nginx', name: 'ingress-nginx-controller-5c4d9-x8k2p' },
    container: 'controller',
    previous: false,
    text: lines.join('\n'),
  });
}
