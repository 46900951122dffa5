import { hostMatches } from '../kubernetes/hosts.ts';
import type { Ingress, IngressBackend } from '../kubernetes/types.ts';
import type { RouteTrace } from '../model/trace.ts';

/** Every host + path of an Ingress in the order of its rules, the default backend last. */
export function routesOf(ingress: Ingress): readonly RouteTrace[] {
  const routes: RouteTrace[] = [];
  const ids = new Set<string>();

  function add(host: string, path: string, pathType: string, field: string, backend?: IngressBackend): void {
    const plain = `${host === '' ? '*' : host}${path}`;
    let id = plain;
    for (let count = 2; ids.has(id); count++) id = `${plain} (${count})`;
    ids.add(id);
    const key = backend === undefined ? undefined : backendKey(backend);
    routes.push({
      id,
      host,
      path,
      pathType,
      tls: isTlsHost(ingress, host),
      field,
      ...(backend !== undefined && { backend }),
      ...(key !== undefined && { backendKey: key }),
    });
  }

  for (const [ruleIndex, rule] of (ingress.spec?.rules ?? []).entries()) {
    const host = (rule.host ?? '').toLowerCase();
    const field = `spec.rules[${ruleIndex}]`;
    const paths = rule.http?.paths ?? [];
    if (paths.length === 0) add(host, '/', 'Prefix', field);
    for (const [pathIndex, { path = '/', pathType = 'ImplementationSpecific', backend }] of paths.entries()) {
      add(host, path, pathType, `${field}.http.paths[${pathIndex}]`, backend ?? {});
    }
  }
  const { defaultBackend } = ingress.spec ?? {};
  if (defaultBackend !== undefined) add('', '/', 'Prefix', 'spec.defaultBackend', defaultBackend);
  return routes;
}

/** The Service and port of a backend as one key, `api:80`; undefined for a resource backend. */
export function backendKey({ service }: IngressBackend): string | undefined {
  if (service?.name === undefined) return undefined;
  return `${service.name}:${service.port?.name ?? service.port?.number ?? ''}`;
}

/** Whether a `spec.tls` entry covers the host; an entry without hosts covers every one. */
export function isTlsHost(ingress: Ingress, host: string): boolean {
  return (ingress.spec?.tls ?? []).some(({ hosts = [] }) => hosts.length === 0 || coversHost(hosts, host));
}

/** Whether one of the hosts of a `spec.tls` entry is, or as a wildcard takes in, the host of a rule. */
export function coversHost(hosts: readonly string[], host: string): boolean {
  return hosts.some((covering) => covering.toLowerCase() === host || hostMatches(covering, host));
}
