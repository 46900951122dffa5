import { isRecord, type JsonRecord } from '../../kubernetes/record.ts';

/**
 * Gives an Ingress of extensions/v1beta1 or networking.k8s.io/v1beta1 the shape of networking.k8s.io/v1,
 * as the API server does: `serviceName` and `servicePort` become `service.name` and `service.port`.
 */
export function ingressToV1(raw: JsonRecord): JsonRecord {
  const { spec } = raw;
  if (!isRecord(spec)) return raw;
  const { backend, rules } = spec;
  return {
    ...raw,
    spec: {
      ...spec,
      ...(isRecord(backend) && { defaultBackend: backendToV1(backend) }),
      ...(Array.isArray(rules) && { rules: rules.map(ruleToV1) }),
    },
  };
}

function ruleToV1(rule: unknown): unknown {
  if (!isRecord(rule) || !isRecord(rule['http']) || !Array.isArray(rule['http']['paths'])) return rule;
  const paths = rule['http']['paths'].map((path: unknown) =>
    isRecord(path) && isRecord(path['backend']) ? { ...path, backend: backendToV1(path['backend']) } : path,
  );
  return { ...rule, http: { ...rule['http'], paths } };
}

function backendToV1(backend: JsonRecord): JsonRecord {
  const { serviceName: name, servicePort: port } = backend;
  if (name === undefined) return backend;
  const isNumber = typeof port === 'number' || (typeof port === 'string' && /^\d+$/.test(port));
  return { service: { name, port: isNumber ? { number: Number(port) } : { name: port } } };
}

/**
 * The EndpointSlices that stand for an Endpoints object, for a file that holds no slices. What names Pods was made from
 * a selector by Kubernetes; the rest was written by hand.
 */
export function endpointsToSlices({ metadata, subsets }: JsonRecord): readonly JsonRecord[] {
  if (!isRecord(metadata) || typeof metadata['name'] !== 'string') return [];
  const { name, namespace } = metadata;
  const listed = Array.isArray(subsets) ? subsets.filter(isRecord) : [];
  return (listed.length === 0 ? [{}] : listed).map((subset, index) => {
    const endpoints = [
      ...endpointsOf(subset['addresses'], true),
      ...endpointsOf(subset['notReadyAddresses'], false),
    ];
    const isManaged = endpoints.every(({ targetRef }) => isRecord(targetRef));
    const labels = {
      'kubernetes.io/service-name': name,
      ...(isManaged && { 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io' }),
    };
    return {
      metadata: { name: index === 0 ? name : `${name}-${index}`, namespace, labels },
      endpoints,
      ports: Array.isArray(subset['ports']) ? subset['ports'] : [],
    };
  });
}

function endpointsOf(addresses: unknown, ready: boolean): readonly JsonRecord[] {
  if (!Array.isArray(addresses)) return [];
  return addresses.filter(isRecord).map(({ ip, nodeName, targetRef }) => ({
    addresses: [ip],
    conditions: { ready },
    ...(nodeName !== undefined && { nodeName }),
    ...(targetRef !== undefined && { targetRef }),
  }));
}
