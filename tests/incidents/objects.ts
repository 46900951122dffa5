/** A Kubernetes object as an API server prints it; scenarios also need forms that no type allows. */
export interface PlainObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: PlainMetadata;
  readonly [field: string]: unknown;
}

interface PlainMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** The moment of every scenario. */
export const NOW = '2026-03-02T14:06:00Z';

/** RFC 3339, so many seconds before {@link NOW}. */
export function ago(seconds: number): string {
  return new Date(Date.parse(NOW) - seconds * 1000).toISOString().replace('.000Z', 'Z');
}

export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86_400;

export const info: PlainObject = {
  apiVersion: 'gateway-doctor/v1',
  kind: 'SnapshotInfo',
  takenAt: NOW,
  serverVersion: 'v1.35.4',
  complete: true,
};

export function list(items: readonly PlainObject[]): PlainObject {
  return { apiVersion: 'v1', kind: 'List', items };
}

export function namespace(name: string, labels: Readonly<Record<string, string>> = {}): PlainObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name, ...labels } },
    status: { phase: 'Active' },
  };
}

/** `unreadyFor`: seconds since which its kubelet is silent. */
export function node(
  name: string,
  {
    unreadyFor,
    unschedulable = false,
  }: { readonly unreadyFor?: number; readonly unschedulable?: boolean } = {},
): PlainObject {
  const isDown = unreadyFor !== undefined;
  const condition = (type: string, healthy: string) => ({
    type,
    status: isDown ? 'Unknown' : healthy,
    reason: isDown ? 'NodeStatusUnknown' : `KubeletHas${type}`,
    message: isDown ? 'Kubelet stopped posting node status.' : '',
    lastTransitionTime: ago(unreadyFor ?? 60 * DAY),
  });
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' } },
    spec: {
      ...(unschedulable && {
        unschedulable: true,
        taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }],
      }),
      ...(isDown && { taints: [{ key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' }] }),
    },
    status: {
      conditions: [
        condition('MemoryPressure', 'False'),
        condition('DiskPressure', 'False'),
        condition('PIDPressure', 'False'),
        condition('Ready', 'True'),
      ],
      addresses: [{ type: 'InternalIP', address: `192.0.2.${10 + Number(/\d+$/.exec(name)?.[0] ?? 0)}` }],
      allocatable: { cpu: '8', memory: '32Gi', pods: '110' },
    },
  };
}

/** A container as scenarios say it; whatever else a container may have goes through unchanged. */
export interface PlainContainer {
  readonly name: string;
  readonly image: string;
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
  readonly [field: string]: unknown;
}

/** A running container's status. */
export function running(
  container: PlainContainer,
  { since = 20 * DAY, ready = true, restarts = 0, last = {} as object } = {},
): object {
  return {
    name: container.name,
    image: container.image,
    ready,
    started: true,
    restartCount: restarts,
    state: { running: { startedAt: ago(since) } },
    lastState: last,
  };
}

/** A waiting container's status: `CrashLoopBackOff`, `ImagePullBackOff`, ... */
export function waiting(
  container: PlainContainer,
  {
    reason,
    message = '',
    restarts = 0,
    last = {} as object,
  }: {
    readonly reason: string;
    readonly message?: string;
    readonly restarts?: number;
    readonly last?: object;
  },
): object {
  return {
    name: container.name,
    image: container.image,
    ready: false,
    started: false,
    restartCount: restarts,
    state: { waiting: { reason, ...(message !== '' && { message }) } },
    lastState: last,
  };
}

/** How a Pod stands; everything left out is that of a Pod that has run well for weeks. */
export interface PodState {
  readonly ready?: boolean;
  /** Seconds since it became ready, or ceased to be. */
  readonly since?: number;
  /** Seconds since it was created. */
  readonly age?: number;
  readonly phase?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly node?: string | undefined;
  /** Seconds since it was asked to end. */
  readonly terminatingFor?: number;
  /** Not scheduled, with the scheduler's message. */
  readonly unschedulable?: string;
  readonly containers?: readonly object[];
  readonly initContainers?: readonly object[];
  readonly gates?: readonly { readonly type: string; readonly status: string }[];
}

export interface App {
  readonly namespace: string;
  readonly name: string;
  readonly kind?: 'Deployment' | 'StatefulSet' | 'DaemonSet';
  /** Labels of the Pods; `app: <name>` unless said otherwise. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly containers?: readonly PlainContainer[];
  readonly initContainers?: readonly PlainContainer[];
  /** Anything else of the Pods' spec. */
  readonly spec?: Readonly<Record<string, unknown>>;
  /** One for each Pod; two ready ones unless said otherwise. */
  readonly pods?: readonly PodState[];
  readonly replicas?: number;
  /** The Deployment's revision, and since when (seconds) its ReplicaSet is there. */
  readonly revision?: number;
  readonly rolledOut?: number;
  /** What the ReplicaSet before ran, with its Pods that are still there. */
  readonly previous?: { readonly containers: readonly PlainContainer[]; readonly pods?: readonly PodState[] };
  /** Conditions of the Deployment. */
  readonly conditions?: readonly object[];
  readonly service?: PlainService | false;
}

interface PlainService {
  readonly name?: string;
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly PlainPort[];
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Endpoints in one slice. */
  readonly sliceSize?: number;
}

interface PlainPort {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: number | string;
}

/** The app's usual container: port `http` (8080) with a readiness probe on it. */
export function webContainer(image: string, more: Readonly<Record<string, unknown>> = {}): PlainContainer {
  return {
    name: 'app',
    image: `registry.example.com/shop/${image}`,
    ports: [{ name: 'http', containerPort: 8080 }],
    readinessProbe: {
      httpGet: { path: '/healthz', port: 'http', scheme: 'HTTP' },
      periodSeconds: 10,
      timeoutSeconds: 1,
      failureThreshold: 3,
    },
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    ...more,
  };
}

/** A workload with its ReplicaSets, Pods, Service and EndpointSlices, consistent with one another. */
export function app(definition: App): readonly PlainObject[] {
  const { kind = 'Deployment', namespace: space, name, revision = 3, rolledOut = 20 * DAY } = definition;
  const labels = definition.labels ?? { app: name };
  const containers = definition.containers ?? [webContainer(`${name}:1.8.2`)];
  const states = definition.pods ?? [{}, {}];
  const replicas = definition.replicas ?? states.length;
  const hash = (offset: number) => hashOf(`${space}/${name}/${revision - offset}`);
  const spec = (of: readonly PlainContainer[]) => ({
    ...(definition.initContainers !== undefined && { initContainers: definition.initContainers }),
    containers: of,
    ...definition.spec,
  });

  const sets =
    kind === 'Deployment' ? [containers, definition.previous?.containers ?? containers] : [containers];
  const podsOfSet = [states, definition.previous?.pods ?? []];
  const made = sets.map((of, offset) => {
    const set = `${name}-${hash(offset)}`;
    const owner =
      kind === 'Deployment'
        ? { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: set, controller: true }
        : { apiVersion: 'apps/v1', kind, name, controller: true };
    const podLabels = kind === 'Deployment' ? { ...labels, 'pod-template-hash': hash(offset) } : labels;
    const pods = (podsOfSet[offset] ?? []).map((state, index) =>
      pod({
        namespace: space,
        name:
          kind === 'StatefulSet'
            ? `${name}-${index}`
            : `${kind === 'Deployment' ? set : name}-${suffix(index)}`,
        labels: podLabels,
        owner,
        spec: spec(of),
        state: { ...(offset === 0 && revision > 1 && { age: rolledOut }), ...state },
        address: addressOf(`${space}/${name}/${offset}`, index),
        index: index + offset,
      }),
    );
    const ready = pods.filter(isReady).length;
    const replicaSet: PlainObject = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: set,
        namespace: space,
        labels: podLabels,
        annotations: { 'deployment.kubernetes.io/revision': String(revision - offset) },
        creationTimestamp: ago(rolledOut + offset * 9 * DAY),
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name, controller: true }],
      },
      spec: {
        replicas: offset === 0 ? replicas : pods.length,
        selector: { matchLabels: podLabels },
        template: { metadata: { labels: podLabels }, spec: spec(of) },
      },
      status: { replicas: pods.length, readyReplicas: ready, availableReplicas: ready },
    };
    return { pods, sets: kind === 'Deployment' ? [replicaSet] : [] };
  });
  const pods = made.flatMap((each) => each.pods);
  const ready = pods.filter(isReady).length;
  const workload: PlainObject = {
    apiVersion: 'apps/v1',
    kind,
    metadata: {
      name,
      namespace: space,
      labels,
      generation: revision,
      creationTimestamp: ago(90 * DAY),
      ...(kind === 'Deployment' && {
        annotations: { 'deployment.kubernetes.io/revision': String(revision) },
      }),
    },
    spec: {
      ...(kind !== 'DaemonSet' && { replicas }),
      ...(kind === 'Deployment' && { progressDeadlineSeconds: 600 }),
      ...(kind === 'StatefulSet' && {
        serviceName: definition.service === false ? name : (definition.service?.name ?? name),
      }),
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: spec(containers) },
    },
    status:
      kind === 'DaemonSet'
        ? {
            observedGeneration: revision,
            desiredNumberScheduled: pods.length,
            currentNumberScheduled: pods.length,
            numberReady: ready,
            numberAvailable: ready,
            updatedNumberScheduled: pods.length,
          }
        : {
            observedGeneration: revision,
            replicas: pods.length,
            readyReplicas: ready,
            availableReplicas: ready,
            updatedReplicas: made[0]?.pods.length ?? 0,
            ...(kind === 'Deployment' && {
              conditions: definition.conditions ?? [
                { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' },
                { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' },
              ],
            }),
          },
  };
  const shown = [workload, ...made.flatMap((each) => each.sets), ...pods];
  if (definition.service === false) return shown;
  return [...shown, ...service({ namespace: space, name, selector: labels, ...definition.service }, pods)];
}

interface PodDefinition {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly owner: object;
  readonly spec: { readonly containers: readonly PlainContainer[]; readonly [field: string]: unknown };
  readonly state: PodState;
  readonly address: string;
  readonly index: number;
}

export function pod({
  namespace: space,
  name,
  labels,
  owner,
  spec,
  state,
  address,
  index,
}: PodDefinition): PlainObject {
  const { ready = true, age = 20 * DAY, phase = 'Running', terminatingFor, unschedulable } = state;
  const since = state.since ?? Math.max(age - 12, 0);
  const isFinished = phase === 'Succeeded' || phase === 'Failed';
  const isReady = ready && phase === 'Running';
  const where = 'node' in state ? state.node : `node${(index % 3) + 1}`;
  const conditions =
    unschedulable !== undefined
      ? [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: unschedulable,
            lastTransitionTime: ago(age),
          },
        ]
      : [
          { type: 'PodScheduled', status: 'True', lastTransitionTime: ago(age) },
          { type: 'Initialized', status: 'True', lastTransitionTime: ago(age) },
          ...(state.gates ?? []).map((gate) => ({ ...gate, lastTransitionTime: ago(since) })),
          ...['ContainersReady', 'Ready'].map((type) => ({
            type,
            status: isReady ? 'True' : 'False',
            lastTransitionTime: ago(since),
            ...(!isReady &&
              !isFinished && {
                reason: 'ContainersNotReady',
                message: `containers with unready status: [${spec.containers.map((container) => container.name).join(' ')}]`,
              }),
            ...(isFinished && { reason: phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed' }),
          })),
        ];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: space,
      labels,
      creationTimestamp: ago(age),
      ownerReferences: [owner],
      ...(terminatingFor !== undefined && {
        deletionTimestamp: ago(terminatingFor - 30),
        deletionGracePeriodSeconds: 30,
      }),
    },
    spec: {
      ...(unschedulable === undefined && { nodeName: where }),
      ...(state.gates !== undefined && {
        readinessGates: state.gates.map(({ type }) => ({ conditionType: type })),
      }),
      ...spec,
    },
    status: {
      phase: unschedulable === undefined ? phase : 'Pending',
      ...(state.reason !== undefined && { reason: state.reason }),
      ...(state.message !== undefined && { message: state.message }),
      conditions,
      ...(unschedulable === undefined && {
        hostIP: '192.0.2.11',
        podIP: address,
        podIPs: [{ ip: address }],
        startTime: ago(age),
        ...(state.initContainers !== undefined && { initContainerStatuses: state.initContainers }),
        containerStatuses:
          state.containers ??
          (state.reason === 'Evicted'
            ? []
            : spec.containers.map((container) => running(container, { since: Math.max(age - 5, 0), ready }))),
      }),
    },
  };
}

type ServiceDefinition = Required<Pick<PlainService, 'name' | 'selector'>> &
  PlainService & { readonly namespace: string };

/** A Service with the EndpointSlices that the Pods it selects bring about. */
export function service(
  {
    namespace: space,
    name,
    selector,
    ports = [{ name: 'http', port: 80, targetPort: 'http' }],
    ...more
  }: ServiceDefinition,
  pods: readonly PlainObject[],
): readonly PlainObject[] {
  const selected = pods.filter((each) =>
    Object.entries(selector).every(([key, value]) => each.metadata?.labels?.[key] === value),
  );
  const endpoints = selected.flatMap((each) => endpointOf(each));
  const size = more.sliceSize ?? 100;
  const chunks = Math.max(Math.ceil(endpoints.length / size), 1);
  const [example] = selected;
  const slices = Array.from({ length: chunks }, (_, index): PlainObject => {
    const own = endpoints.slice(index * size, (index + 1) * size);
    return {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: `${name}-${suffix(index + 40)}`,
        namespace: space,
        labels: {
          'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
          'kubernetes.io/service-name': name,
        },
        ownerReferences: [{ apiVersion: 'v1', kind: 'Service', name, controller: true }],
      },
      addressType: 'IPv4',
      endpoints: own,
      ports:
        own.length === 0
          ? []
          : ports.flatMap(({ name: portName = '', port, targetPort = port }) => {
              const number = typeof targetPort === 'number' ? targetPort : portNumber(example, targetPort);
              return number === undefined ? [] : [{ name: portName, port: number, protocol: 'TCP' }];
            }),
    };
  });
  const annotations = more.annotations === undefined ? {} : { annotations: more.annotations };
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: space, creationTimestamp: ago(90 * DAY), ...annotations },
      spec: {
        type: 'ClusterIP',
        clusterIP: `10.96.${octet(`${space}/${name}`)}.${octet(name)}`,
        selector,
        ports: ports.map((port) => ({ protocol: 'TCP', targetPort: port.port, ...port })),
        ...more.spec,
      },
      status: { loadBalancer: {} },
    },
    ...slices,
  ];
}

/** The EndpointSlice controller's view of a Pod: finished Pods and those without an address are left out. */
function endpointOf(each: PlainObject): readonly object[] {
  const { phase, podIP } = each['status'] as { phase?: string; podIP?: string };
  if (podIP === undefined || phase === 'Succeeded' || phase === 'Failed') return [];
  const isTerminating = each.metadata?.['deletionTimestamp'] !== undefined;
  const serving = isReady(each);
  return [
    {
      addresses: [podIP],
      conditions: { ready: serving && !isTerminating, serving, terminating: isTerminating },
      nodeName: (each['spec'] as { nodeName?: string }).nodeName,
      targetRef: { kind: 'Pod', namespace: each.metadata?.namespace, name: each.metadata?.name },
    },
  ];
}

function isReady(each: PlainObject): boolean {
  const { conditions = [] } = each['status'] as { conditions?: { type: string; status: string }[] };
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}

function portNumber(example: PlainObject | undefined, name: string): number | undefined {
  const { containers = [], initContainers = [] } = (example?.['spec'] ?? {}) as {
    containers?: PlainContainer[];
    initContainers?: PlainContainer[];
  };
  return [...containers, ...initContainers]
    .flatMap(({ ports = [] }) => ports)
    .find((port) => port.name === name)?.containerPort;
}

/** One path of an Ingress: `['/api', 'api', 80]`, with the path's type where it is not Prefix. */
export type PlainPath = readonly [path: string, service: string, port: number | string, pathType?: string];

export function ingress({
  namespace: space,
  name,
  className,
  hosts,
  paths = [['/', name, 80]],
  annotations = {},
  tls,
  address = { ip: '203.0.113.10' } as object | null,
  spec = {},
}: {
  readonly namespace: string;
  readonly name: string;
  readonly className?: string;
  readonly hosts: readonly string[];
  readonly paths?: readonly PlainPath[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly tls?: readonly object[];
  readonly address?: object | null;
  readonly spec?: object;
}): PlainObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name,
      namespace: space,
      creationTimestamp: ago(80 * DAY),
      generation: 1,
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: {
      ...(className !== undefined && { ingressClassName: className }),
      rules: hosts.map((host) => ({
        ...(host !== '' && { host }),
        http: {
          paths: paths.map(([path, backend, port, pathType = 'Prefix']) => ({
            path,
            pathType,
            backend: {
              service: { name: backend, port: typeof port === 'number' ? { number: port } : { name: port } },
            },
          })),
        },
      })),
      ...(tls !== undefined && { tls }),
      ...spec,
    },
    status: { loadBalancer: address === null ? {} : { ingress: [address] } },
  };
}

/** A TLS Secret, reduced to what its certificates say, as a snapshot holds it. */
export function tlsSecret(
  space: string,
  name: string,
  names: readonly string[],
  { daysLeft = 62, chain = [] as readonly string[] } = {},
): PlainObject {
  const certificate = (subject: string, issuer: string, covered: readonly string[], days: number) => ({
    subject,
    issuer,
    names: covered,
    notBefore: ago((90 - days) * DAY),
    notAfter: ago(-days * DAY),
  });
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: space, creationTimestamp: ago(28 * DAY) },
    type: 'kubernetes.io/tls',
    keys: ['tls.crt', 'tls.key'],
    certificates: [
      certificate(`CN=${names[0]}`, 'CN=R11,O=Example Trust,C=US', names, daysLeft),
      ...chain.map((subject) => certificate(subject, 'CN=Example Root X1', [], 900)),
    ],
    keyMatches: true,
  };
}

let events = 0;

/** An Event; `age` in seconds since it was last seen. */
export function event(
  about: { readonly kind: string; readonly namespace: string; readonly name: string },
  reason: string,
  message: string,
  { type = 'Warning', count = 1, age = 30, over = 0 } = {},
): PlainObject {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: `${about.name}.${(0x18b0_0000 + events++).toString(16)}`,
      namespace: about.namespace,
      creationTimestamp: ago(age + over),
    },
    involvedObject: about,
    type,
    reason,
    message,
    count,
    firstTimestamp: ago(age + over),
    lastTimestamp: ago(age),
  };
}

export function podLog(
  space: string,
  name: string,
  container: string,
  lines: readonly string[],
  previous = false,
): PlainObject {
  return {
    apiVersion: 'gateway-doctor/v1',
    kind: 'PodLog',
    metadata: { namespace: space, name },
    container,
    previous,
    text: `${lines.join('\n')}\n`,
  };
}

/** Names and addresses of an app's Pods, newest ReplicaSet first. */
export function podsOf(
  objects: readonly PlainObject[],
  name: string,
): readonly { name: string; ip: string }[] {
  return objects
    .filter(({ kind, metadata }) => kind === 'Pod' && metadata?.name.startsWith(`${name}-`) === true)
    .map(({ metadata, status }) => ({
      name: metadata?.name ?? '',
      ip: (status as { podIP?: string }).podIP ?? '',
    }));
}

/** A letter sequence as the API server generates them. */
function suffix(index: number): string {
  return hashOf(`${index} of many`).slice(0, 5);
}

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

function hashOf(text: string): string {
  const letters = Array.from(
    { length: 9 },
    (_, index) => ALPHABET[numberOf(`${index}${text}`) % ALPHABET.length],
  );
  return letters.join('');
}

function numberOf(text: string): number {
  let value = 2_166_136_261;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return value;
}

function octet(text: string): number {
  return numberOf(text) % 250;
}

function addressOf(key: string, index: number): string {
  return `10.${244 + (numberOf(`a${key}`) % 8)}.${octet(key)}.${index + 11}`;
}
