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
