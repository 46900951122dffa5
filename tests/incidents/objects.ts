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
