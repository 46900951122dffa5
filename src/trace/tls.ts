import type { Ingress } from '../kubernetes/types.ts';
import type { RouteTrace, TlsTrace } from '../model/trace.ts';
import type { Lookup } from './lookup.ts';
import { coversHost } from './routes.ts';

/** Every `spec.tls` entry with its Secret and the routes that it is meant for. */
export function traceTls(
  lookup: Lookup,
  ingress: Ingress,
  routes: readonly RouteTrace[],
): readonly TlsTrace[] {
  const { namespace } = ingress.metadata ?? {};
  return (ingress.spec?.tls ?? []).map((entry, index) => {
    const listed = entry.hosts ?? [];
    const covered = routes.filter(({ host }) => listed.length === 0 || coversHost(listed, host));
    const hosts = new Set([...listed.map((host) => host.toLowerCase()), ...covered.map(({ host }) => host)]);
    hosts.delete('');
    return {
      entry,
      field: `spec.tls[${index}]`,
      hosts: [...hosts],
      routes: covered.map(({ id }) => id),
      ...(entry.secretName !== undefined &&
        entry.secretName !== '' && { secret: lookup.get('Secret', namespace, entry.secretName) }),
    };
  });
}
