/** What is different about Pod shop/web-6b7f-aaaaa of base.yaml; fields left out are those of a running, unready Pod. */
export interface PodExample {
  /** Fields of the spec of container `app`. */
  readonly container?: object;
  /** Fields of the status of container `app`. */
  readonly state?: object;
  readonly metadata?: object;
  readonly spec?: object;
  readonly status?: object;
  /** Whether the Pod is Ready, and its endpoint with it. */
  readonly ready?: boolean;
  /** The end of the log of container `app`, and of its previous run. */
  readonly log?: string;
  readonly previousLog?: string;
  readonly events?: readonly EventExample[];
}

/** An event about the Pod. */
export interface EventExample {
  readonly reason: string;
  readonly message: string;
  readonly count?: number;
  readonly firstTimestamp?: string;
  readonly lastTimestamp?: string;
  readonly container?: string;
}

const NAME = 'web-6b7f-aaaaa';

/** The Pod as the only one behind the Service, as text for `overlay`. */
export function onlyPod(example: PodExample, ...others: readonly object[]): string {
  return `# without: Pod shop/web-6b7f-bbbbb\n${toText([...podObjects(example), slice([NAME], example), ...others])}`;
}

/** The Pod beside the ready Pod shop/web-6b7f-bbbbb, as text for `overlay`. */
export function besideReadyPod(example: PodExample, ...others: readonly object[]): string {
  return toText([...podObjects(example), slice([NAME, 'web-6b7f-bbbbb'], example), ...others]);
}

/** Objects as the text of a cluster file. */
export function toText(objects: readonly object[]): string {
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}

function podObjects({ log, previousLog, events = [], ...example }: PodExample): readonly object[] {
  return [
    podObject(example),
    ...(log === undefined ? [] : [podLog(log, false)]),
    ...(previousLog === undefined ? [] : [podLog(previousLog, true)]),
    ...events.map(eventObject),
  ];
}

function podObject({ container, state, metadata, spec, status, ready = false }: PodExample): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: NAME,
      namespace: 'shop',
      labels: { app: 'web', 'pod-template-hash': '6b7f' },
      creationTimestamp: '2026-03-02T11:00:00Z',
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-6b7f', controller: true }],
      ...metadata,
    },
    spec: {
      nodeName: 'node1',
      containers: [
        {
          name: 'app',
          image: 'registry.example.com/web:1.0.0',
          ports: [{ name: 'http', containerPort: 8080 }],
          readinessProbe: { httpGet: { path: '/healthz', port: 'http' } },
          ...container,
        },
      ],
      ...spec,
    },
    status: {
      phase: 'Running',
      podIP: '10.244.0.21',
      conditions: [
        { type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: '2026-03-02T11:01:00Z' },
      ],
      containerStatuses: [
        {
          name: 'app',
          ready,
          started: true,
          restartCount: 0,
          state: { running: { startedAt: '2026-03-02T11:00:05Z' } },
          ...state,
        },
      ],
      ...status,
    },
  };
}

function podLog(text: string, previous: boolean): object {
  const metadata = { namespace: 'shop', name: NAME };
  return { apiVersion: 'gateway-doctor/v1', kind: 'PodLog', metadata, container: 'app', previous, text };
}

let events = 0;

function eventObject(example: EventExample): object {
  const { reason, message, count = 10, firstTimestamp, lastTimestamp, container } = example;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { namespace: 'shop', name: `${NAME}.${++events}` },
    type: 'Warning',
    reason,
    message,
    count,
    ...(firstTimestamp !== undefined && { firstTimestamp }),
    lastTimestamp: lastTimestamp ?? '2026-03-02T11:59:30Z',
    involvedObject: {
      kind: 'Pod',
      namespace: 'shop',
      name: NAME,
      ...(container !== undefined && { fieldPath: `spec.containers{${container}}` }),
    },
  };
}

function slice(names: readonly string[], { ready = false }: PodExample): object {
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
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    endpoints: names.map((name, index) => {
      const isReady = name === NAME ? ready : true;
      return {
        addresses: [`10.244.0.${21 + index}`],
        conditions: { ready: isReady, serving: isReady, terminating: false },
        nodeName: 'node1',
        targetRef: { kind: 'Pod', namespace: 'shop', name },
      };
    }),
  };
}

/** Container status fields of a container that has ended, waiting to be started again. */
export function crashed(exitCode: number, fields: object = {}, restartCount = 6): object {
  return {
    restartCount,
    started: false,
    state: { waiting: { reason: 'CrashLoopBackOff' } },
    lastState: {
      terminated: {
        exitCode,
        reason: exitCode === 0 ? 'Completed' : 'Error',
        startedAt: '2026-03-02T11:58:50Z',
        finishedAt: '2026-03-02T11:58:52Z',
        ...fields,
      },
    },
  };
}

/** Container status fields of a container that waits, not yet started. */
export function waiting(reason: string, message?: string): object {
  return {
    started: false,
    state: { waiting: { reason, ...(message !== undefined && { message }) } },
  };
}
