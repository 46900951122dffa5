/** Objects of namespace shop as the API server shows them, to lay over base.yaml. */

/** Several objects as one YAML text. */
export function documents(...objects: readonly object[]): string {
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}

/** Ingress shop/web with one path that leads to the Service and port. */
export function ingressTo(service: string, port: object, annotations: object = {}): object {
  const backend = { service: { name: service, port } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', namespace: 'shop', annotations },
    spec: {
      ingressClassName: 'nginx',
      rules: [{ host: 'shop.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
    },
    status: { loadBalancer: { ingress: [{ ip: '203.0.113.10' }] } },
  };
}

/** A Service, by default shop/web for Pods labelled `app: web`, port 80 to the container port `http`. */
export function service(spec: object = {}, name = 'web', namespace = 'shop'): object {
  const ports = [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }];
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { clusterIP: '10.96.0.30', selector: { app: 'web' }, ports, ...spec },
  };
}

/** One endpoint of a Pod; its conditions default to ready. */
export function endpoint(address: string, pod: string, conditions: object = {}): object {
  return {
    addresses: [address],
    conditions: { ready: true, serving: true, terminating: false, ...conditions },
    nodeName: 'node1',
    targetRef: { kind: 'Pod', namespace: 'shop', name: pod },
  };
}

/** The EndpointSlice that the control plane writes for Service web. */
export function slice(
  endpoints: readonly object[],
  ports: readonly object[] = [{ name: 'http', port: 8080, protocol: 'TCP' }],
): object {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: 'web-abcde',
      namespace: 'shop',
      labels: {
        'kubernetes.io/service-name': 'web',
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      },
    },
    addressType: 'IPv4',
    ports,
    endpoints,
  };
}

/** An EndpointSlice that somebody wrote by hand for Service web. */
export function manualSlice(name: string, portName: string | undefined, address = '198.51.100.7'): object {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
    addressType: 'IPv4',
    ports: [{ ...(portName !== undefined && { name: portName }), port: 8080, protocol: 'TCP' }],
    endpoints: [{ addresses: [address] }],
  };
}

interface PodOptions {
  readonly ip?: string;
  readonly labels?: object;
  readonly owner?: { readonly kind: string; readonly name: string };
  readonly ready?: boolean;
  /** When it was made and its container started. */
  readonly since?: string;
  readonly deletionTimestamp?: string;
  readonly phase?: string;
  readonly container?: object;
  readonly spec?: object;
}

/** A Pod of Deployment web, Ready unless told otherwise. */
export function pod(name: string, options: PodOptions = {}): object {
  const { ip = '10.244.0.21', ready = true, since = '2026-02-10T00:00:00Z', phase = 'Running' } = options;
  const { kind, name: ownerName } = options.owner ?? { kind: 'ReplicaSet', name: 'web-6b7f' };
  const container = {
    name: 'app',
    image: 'registry.example.com/web:1.0.0',
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 10, failureThreshold: 3 },
    ...options.container,
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'shop',
      creationTimestamp: since,
      labels: options.labels ?? { app: 'web', 'pod-template-hash': '6b7f' },
      ownerReferences: [{ apiVersion: 'apps/v1', kind, name: ownerName, controller: true }],
      ...(options.deletionTimestamp !== undefined && { deletionTimestamp: options.deletionTimestamp }),
    },
    spec: { nodeName: 'node1', containers: [container], ...options.spec },
    status: {
      phase,
      podIP: ip,
      podIPs: [{ ip }],
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: since }],
      containerStatuses: [
        { name: 'app', ready, started: true, restartCount: 0, state: { running: { startedAt: since } } },
      ],
    },
  };
}

/** A Deployment of namespace shop with these labels on its Pods. */
export function deployment(name: string, labels: object, replicas = 1): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop', generation: 1 },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'app' }] } },
    },
    status: { observedGeneration: 1, replicas, readyReplicas: replicas, availableReplicas: replicas },
  };
}

/** A NetworkPolicy, by default in namespace shop. */
export function policy(name: string, spec: object, namespace = 'shop'): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

/** The end of a container's log. */
export function podLog(namespace: string, name: string, container: string, text: string): object {
  return {
    apiVersion: 'gateway-doctor/v1',
    kind: 'PodLog',
    metadata: { namespace, name },
    container,
    previous: false,
    text,
  };
}

/** Names of base.yaml's Pods behind Service web. */
export const [POD_A, POD_B] = ['web-6b7f-aaaaa', 'web-6b7f-bbbbb'] as const;
/** base.yaml's Pod of ingress-nginx. */
export const CONTROLLER_POD = 'ingress-nginx-controller-5c4d9-x8k2p';
