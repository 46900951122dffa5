import type { Kind, Kinds } from '../cluster/kinds.ts';
import type {
  CertificateFacts,
  Condition,
  Container,
  ContainerState,
  ContainerStatus,
  IngressBackend,
  LabelSelector,
  LoadBalancerStatus,
  NetworkPolicyPeer,
  NetworkPolicyRule,
  ObjectMeta,
  PodSpec,
  Probe,
  Workload,
} from './types.ts';

/**
 * What a type looks like at run time, so that input can be cut to it:
 * a JSON type, `strings` (a string map), `quantities` (a string map whose values may be written as numbers),
 * `present` (only whether the object is there), `[shape]` for an array, or the shape of each field.
 *
 * A field that `types.ts` gains and this file lacks does not compile: what no shape names is never read.
 */
type Shape<T> = ShapeOfPresent<NonNullable<T>>;

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
            ? 'strings' | 'quantities'
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

const object = { apiVersion: 'string', kind: 'string', metadata } as const;

const condition: Shape<Condition> = {
  type: 'string',
  status: 'string',
  reason: 'string',
  message: 'string',
  lastTransitionTime: 'string',
  lastUpdateTime: 'string',
  lastProbeTime: 'string',
};

const labelSelector: Shape<LabelSelector> = {
  matchLabels: 'strings',
  matchExpressions: [{ key: 'string', operator: 'string', values: ['string'] }],
};

const ingressBackend: Shape<IngressBackend> = {
  service: { name: 'string', port: { number: 'number', name: 'string' } },
  resource: { apiGroup: 'string', kind: 'string', name: 'string' },
};

const loadBalancer: Shape<LoadBalancerStatus> = {
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

const networkPolicyRule: Shape<NetworkPolicyRule> = {
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

const podSpec: Shape<PodSpec> = {
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

const containerStatus: Shape<ContainerStatus> = {
  name: 'string',
  image: 'string',
  ready: 'boolean',
  started: 'boolean',
  restartCount: 'number',
  state: containerState,
  lastState: containerState,
};

const workload: Shape<Workload> = {
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

const certificate: Shape<CertificateFacts> = {
  subject: 'string',
  issuer: 'string',
  names: ['string'],
  notBefore: 'string',
  notAfter: 'string',
};

/** The shape of every kind's objects. */
export const SHAPES: { readonly [K in Kind]: Shape<Kinds[K]> } = {
  Ingress: {
    ...object,
    spec: {
      ingressClassName: 'string',
      defaultBackend: ingressBackend,
      tls: [{ hosts: ['string'], secretName: 'string' }],
      rules: [
        {
          host: 'string',
          http: { paths: [{ path: 'string', pathType: 'string', backend: ingressBackend }] },
        },
      ],
    },
    status: { loadBalancer },
  },
  IngressClass: {
    ...object,
    spec: {
      controller: 'string',
      parameters: {
        apiGroup: 'string',
        kind: 'string',
        name: 'string',
        namespace: 'string',
        scope: 'string',
      },
    },
  },
  NetworkPolicy: {
    ...object,
    spec: {
      podSelector: labelSelector,
      policyTypes: ['string'],
      ingress: [networkPolicyRule],
      egress: [networkPolicyRule],
    },
  },
  Service: {
    ...object,
    spec: {
      type: 'string',
      selector: 'strings',
      clusterIP: 'string',
      clusterIPs: ['string'],
      externalName: 'string',
      externalIPs: ['string'],
      externalTrafficPolicy: 'string',
      internalTrafficPolicy: 'string',
      publishNotReadyAddresses: 'boolean',
      loadBalancerClass: 'string',
      loadBalancerSourceRanges: ['string'],
      sessionAffinity: 'string',
      ipFamilies: ['string'],
      ipFamilyPolicy: 'string',
      trafficDistribution: 'string',
      ports: [
        {
          name: 'string',
          protocol: 'string',
          appProtocol: 'string',
          port: 'number',
          targetPort: 'number or string',
          nodePort: 'number',
        },
      ],
    },
    status: { loadBalancer, conditions: [condition] },
  },
  Pod: {
    ...object,
    spec: podSpec,
    status: {
      phase: 'string',
      reason: 'string',
      message: 'string',
      podIP: 'string',
      podIPs: [{ ip: 'string' }],
      hostIP: 'string',
      startTime: 'string',
      conditions: [condition],
      containerStatuses: [containerStatus],
      initContainerStatuses: [containerStatus],
    },
  },
  Node: {
    ...object,
    spec: {
      unschedulable: 'boolean',
      providerID: 'string',
      taints: [{ key: 'string', value: 'string', effect: 'string' }],
    },
    status: {
      conditions: [condition],
      addresses: [{ type: 'string', address: 'string' }],
      allocatable: 'quantities',
      capacity: 'quantities',
    },
  },
  Namespace: { ...object, status: { phase: 'string' } },
  Event: {
    ...object,
    type: 'string',
    reason: 'string',
    message: 'string',
    count: 'number',
    firstTimestamp: 'string',
    lastTimestamp: 'string',
    eventTime: 'string',
    series: { count: 'number', lastObservedTime: 'string' },
    involvedObject: {
      kind: 'string',
      namespace: 'string',
      name: 'string',
      uid: 'string',
      fieldPath: 'string',
    },
    source: { component: 'string', host: 'string' },
    reportingComponent: 'string',
  },
  Secret: {
    ...object,
    type: 'string',
    keys: ['string'],
    certificates: [certificate],
    certificateProblem: 'string',
    keyProblem: 'string',
    keyMatches: 'boolean',
  },
  ConfigMap: { ...object, data: 'strings' },
  ResourceQuota: {
    ...object,
    spec: { hard: 'quantities' },
    status: { hard: 'quantities', used: 'quantities' },
  },
  LimitRange: {
    ...object,
    spec: {
      limits: [
        {
          type: 'string',
          max: 'quantities',
          min: 'quantities',
          default: 'quantities',
          defaultRequest: 'quantities',
        },
      ],
    },
  },
  PersistentVolumeClaim: {
    ...object,
    spec: { storageClassName: 'string', volumeName: 'string' },
    status: { phase: 'string' },
  },
  EndpointSlice: {
    ...object,
    addressType: 'string',
    endpoints: [
      {
        addresses: ['string'],
        conditions: { ready: 'boolean', serving: 'boolean', terminating: 'boolean' },
        nodeName: 'string',
        zone: 'string',
        hints: { forZones: [{ name: 'string' }] },
        targetRef: { kind: 'string', namespace: 'string', name: 'string', uid: 'string' },
      },
    ],
    ports: [{ name: 'string', port: 'number', protocol: 'string', appProtocol: 'string' }],
  },
  ReplicaSet: workload,
  Deployment: workload,
  StatefulSet: workload,
  DaemonSet: workload,
  Job: workload,
  HorizontalPodAutoscaler: {
    ...object,
    spec: {
      minReplicas: 'number',
      maxReplicas: 'number',
      scaleTargetRef: { apiVersion: 'string', kind: 'string', name: 'string' },
    },
    status: { currentReplicas: 'number', desiredReplicas: 'number', conditions: [condition] },
  },
  PodMetrics: {
    ...object,
    timestamp: 'string',
    window: 'string',
    containers: [{ name: 'string', usage: 'quantities' }],
  },
  APIGroup: object,
};
