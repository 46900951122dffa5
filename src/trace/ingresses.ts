import { parseLabelSelector } from '../kubernetes/selector.ts';
import type { Ingress } from '../kubernetes/types.ts';
import { mapRead, type Read } from '../model/read.ts';
import type { Target } from '../model/target.ts';
import type { Lookup } from './lookup.ts';

/** The one namespace that the target lies in, if it is narrowed to one. */
export function namespaceOf(target: Target): string | undefined {
  return target.kind === 'all' ? undefined : target.namespace;
}

/**
 * All Ingresses that can be seen: of the cluster, or of the namespace when no more may be listed,
 * or the named one alone when not even that.
 */
export function listIngresses(lookup: Lookup, target: Target): Read<readonly Ingress[]> {
  const everywhere = lookup.list('Ingress', {});
  const namespace = namespaceOf(target);
  if (everywhere.ok || everywhere.failure.reason !== 'forbidden' || namespace === undefined)
    return everywhere;
  const inNamespace = lookup.list('Ingress', { namespace });
  if (inNamespace.ok || inNamespace.failure.reason !== 'forbidden' || target.kind !== 'ingress')
    return inNamespace;
  return mapRead(lookup.get('Ingress', namespace, target.name), (ingress) =>
    ingress === undefined ? [] : [ingress],
  );
}

/** The Ingresses that the target names; for a URL every one in its namespace (which rule wins is settled later). */
export function selectIngresses(ingresses: readonly Ingress[], target: Target): readonly Ingress[] {
  const namespace = namespaceOf(target);
  const inScope = ingresses.filter(
    ({ metadata }) => namespace === undefined || metadata?.namespace === namespace,
  );
  if (target.kind === 'ingress') return inScope.filter(({ metadata }) => metadata?.name === target.name);
  if (target.kind === 'url' || target.selector === undefined) return inScope;
  const isSelected = parseLabelSelector(target.selector) ?? (() => false);
  return inScope.filter(({ metadata }) => isSelected(metadata?.labels));
}
