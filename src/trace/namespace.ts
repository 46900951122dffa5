import { found, joinReads, mapRead } from '../model/read.ts';
import type { NamespaceTrace } from '../model/trace.ts';
import type { Lookup } from './lookup.ts';
import { traceVendorPolicies } from './mesh.ts';

/** Lists of a namespace that any path through it needs; all of them are asked for at once. */
export function traceNamespace(lookup: Lookup, name: string): NamespaceTrace {
  return lookup.once(`namespace ${name}`, () => readNamespace(lookup, name));
}

function readNamespace(lookup: Lookup, name: string): NamespaceTrace {
  const policies = lookup.list('NetworkPolicy', { namespace: name });
  const hasPolicies = policies.ok && policies.value.length > 0;
  return {
    name,
    services: lookup.list('Service', { namespace: name }),
    workloads: joinReads([
      lookup.list('Deployment', { namespace: name }),
      mapRead(lookup.list('ReplicaSet', { namespace: name }), (replicaSets) =>
        replicaSets.filter(
          ({ metadata }) => !metadata?.ownerReferences?.some(({ controller }) => controller),
        ),
      ),
    ]),
    pods: found([]),
    policies,
    vendorPolicies: traceVendorPolicies(lookup, name),
    // Policies select callers by their namespace's labels; without policies they do not matter.
    namespace: hasPolicies ? lookup.get('Namespace', undefined, name) : found(undefined),
    events: lookup.list('Event', { namespace: name }),
    quotas: found([]),
  };
}

/**
 * What becomes necessary once a selector matches no Pod: every kind of workload that could make some,
 * the Pods that it may be meant for, and quotas. Where there are Pods, their owners tell.
 */
export function deepenNamespace(lookup: Lookup, scope: NamespaceTrace): NamespaceTrace {
  const { name: namespace } = scope;
  return {
    ...scope,
    workloads: joinReads([
      scope.workloads,
      lookup.list('StatefulSet', { namespace }),
      lookup.list('DaemonSet', { namespace }),
    ]),
    pods: lookup.list('Pod', { namespace }),
    quotas: lookup.list('ResourceQuota', { namespace }),
  };
}
