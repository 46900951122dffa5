import { ago, DAY } from './objects.ts';

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

export interface PlainService {
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
