import type { Container, ContainerState, ContainerStatus, PodSpec, Probe } from './pod-types.ts';
import type {
  CertificateFacts,
  Condition,
  IngressBackend,
  LabelSelector,
  LoadBalancerStatus,
  NetworkPolicyPeer,
  NetworkPolicyRule,
  ObjectMeta,
} from './types.ts';
import type { Workload } from './workload-types.ts';

/**
 * What a type looks like at run time, so that input can be cut to it:
 * a JSON type, `strings` (a string map), `quantities` (a string map whose values may be written as numbers),
 * `present` (only whether the object is there), `[shape]` for an array, `{'*': shape}` for a map of objects,
 * or the shape of each field.
 *
 * A field that `types.ts` gains and this file lacks does not compile: what no shape names is never read.
 */
export type Shape<T> = ShapeOfPresent<NonNullable<T>>;

type ShapeOfPresent<T> = [T] extends [string]
  ? 'string'
  : [T] extends [number]
    ? 'number'
    : [T] extends [boolean]
      ? 'boolean'
      : [T] extends [string | number]
        ? 'number or string'
        : [T] extends [readonly (infer Item)[]]
          ? readonly [Shape<Item>]
          : string extends keyof T
            ? T[string & keyof T] extends string | number | undefined
              ? 'strings' | 'quantities'
              : { readonly '*': Shape<T[string & keyof T]> }
            : [keyof T] extends [never]
              ? 'present'
              : { readonly [Field in keyof T]-?: Shape<T[Field]> };

/** A shape whose type has been forgotten. */
export type AnyShape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'number or string'
  | 'strings'
  | 'quantities'
  | 'present'
  | readonly [AnyShape]
  | { readonly [field: string]: AnyShape };

const metadata: Shape<ObjectMeta> = {
  name: 'string',
  namespace: 'string',
  uid: 'string',
  generation: 'number',
  creationTimestamp: 'string',
  deletionTimestamp: 'string',
  deletionGracePeriodSeconds: 'number',
  labels: 'strings',
  annotations: 'strings',
  finalizers: ['string'],
  ownerReferences: [
    { apiVersion: 'string', kind: 'string', name: 'string', uid: 'string', controller: 'boolean' },
  ],
  managedFields: [{ manager: 'string', operation: 'string', subresource: 'string', time: 'string' }],
};

export const object = { apiVersion: 'string', kind: 'string', metadata } as const;

export const condition: Shape<Condition> = {
  type: 'string',
  status: 'string',
  reason: 'string',
  message: 'string',
  lastTransitionTime: 'string',
  lastUpdateTime: 'string',
  lastProbeTime: 'string',
};

export const labelSelector: Shape<LabelSelector> = {
  matchLabels: 'strings',
  matchExpressions: [{ key: 'string', operator: 'string', values: ['string'] }],
};

export const ingressBackend: Shape<IngressBackend> = {
  service: { name: 'string', port: { number: 'number', name: 'string' } },
  resource: { apiGroup: 'string', kind: 'string', name: 'string' },
};

export const loadBalancer: Shape<LoadBalancerStatus> = {
  ingress: [
    {
      ip: 'string',
      hostname: 'string',
      ipMode: 'string',
      ports: [{ port: 'number', protocol: 'string', error: 'string' }],
    },
  ],
};

const networkPolicyPeer: Shape<NetworkPolicyPeer> = {
  podSelector: labelSelector,
  namespaceSelector: labelSelector,
  ipBlock: { cidr: 'string', except: ['string'] },
};

export const networkPolicyRule: Shape<NetworkPolicyRule> = {
  from: [networkPolicyPeer],
  to: [networkPolicyPeer],
  ports: [{ protocol: 'string', port: 'number or string', endPort: 'number' }],
};

const probe: Shape<Probe> = {
  initialDelaySeconds: 'number',
  periodSeconds: 'number',
  timeoutSeconds: 'number',
  successThreshold: 'number',
  failureThreshold: 'number',
  httpGet: { path: 'string', port: 'number or string', scheme: 'string', host: 'string' },
  tcpSocket: { port: 'number or string', host: 'string' },
  exec: { command: ['string'] },
  grpc: { port: 'number', service: 'string' },
};

const container: Shape<Container> = {
  name: 'string',
  image: 'string',
  command: ['string'],
  args: ['string'],
  restartPolicy: 'string',
  ports: [{ name: 'string', containerPort: 'number', hostPort: 'number', protocol: 'string' }],
  env: [{ name: 'string' }],
  resources: { requests: 'quantities', limits: 'quantities' },
  readinessProbe: probe,
  livenessProbe: probe,
  startupProbe: probe,
  lifecycle: { preStop: 'present', postStart: 'present' },
};

export const podSpec: Shape<PodSpec> = {
  nodeName: 'string',
  nodeSelector: 'strings',
  serviceAccountName: 'string',
  hostNetwork: 'boolean',
  restartPolicy: 'string',
  dnsPolicy: 'string',
  terminationGracePeriodSeconds: 'number',
  priorityClassName: 'string',
  containers: [container],
  initContainers: [container],
  readinessGates: [{ conditionType: 'string' }],
  schedulingGates: [{ name: 'string' }],
  tolerations: [{ key: 'string', operator: 'string', value: 'string', effect: 'string' }],
  volumes: [
    {
      name: 'string',
      secret: { secretName: 'string', optional: 'boolean' },
      configMap: { name: 'string', optional: 'boolean' },
      persistentVolumeClaim: { claimName: 'string' },
    },
  ],
};

const containerState: Shape<ContainerState> = {
  waiting: { reason: 'string', message: 'string' },
  running: { startedAt: 'string' },
  terminated: {
    exitCode: 'number',
    signal: 'number',
    reason: 'string',
    message: 'string',
    startedAt: 'string',
    finishedAt: 'string',
  },
};

export const containerStatus: Shape<ContainerStatus> = {
  name: 'string',
  image: 'string',
  ready: 'boolean',
  started: 'boolean',
  restartCount: 'number',
  state: containerState,
  lastState: containerState,
};

export const workload: Shape<Workload> = {
  ...object,
  spec: {
    replicas: 'number',
    paused: 'boolean',
    suspend: 'boolean',
    selector: labelSelector,
    template: { metadata, spec: podSpec },
    progressDeadlineSeconds: 'number',
    minReadySeconds: 'number',
    strategy: { type: 'string' },
  },
  status: {
    observedGeneration: 'number',
    replicas: 'number',
    readyReplicas: 'number',
    availableReplicas: 'number',
    updatedReplicas: 'number',
    unavailableReplicas: 'number',
    desiredNumberScheduled: 'number',
    currentNumberScheduled: 'number',
    numberReady: 'number',
    numberUnavailable: 'number',
    conditions: [condition],
  },
};

export const certificate: Shape<CertificateFacts> = {
  subject: 'string',
  issuer: 'string',
  names: ['string'],
  notBefore: 'string',
  notAfter: 'string',
};
