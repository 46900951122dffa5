import type { PlainContainer, PlainService } from './definitions.ts';
import { octet, suffix } from './names.ts';
import { ago, DAY, type PlainObject } from './objects.ts';

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

export function isReady(each: PlainObject): boolean {
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
