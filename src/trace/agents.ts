import { findCondition, isPodFinished, isPodReady } from '../kubernetes/pod.ts';
import type { Workload } from '../kubernetes/workload-types.ts';
import { found, type Read, valueOr } from '../model/read.ts';
import type { IngressTrace } from '../model/trace.ts';
import type { Lookup } from './lookup.ts';

/**
 * The agents that give Nodes their network (kube-proxy, the CNI plugin's): the DaemonSets of kube-system. They are read
 * only where something may be their fault: a Node that is not ready or has no network, a Pod that is not ready.
 */
export function traceAgents(lookup: Lookup, ingresses: readonly IngressTrace[]): Read<readonly Workload[]> {
  const nodes = valueOr(lookup.list('Node', {}), []);
  const isNodeTroubled = nodes.some(
    ({ status }) =>
      findCondition(status?.conditions, 'Ready')?.status !== 'True' ||
      findCondition(status?.conditions, 'NetworkUnavailable')?.status === 'True',
  );
  const isPodTroubled = ingresses.some(({ backends }) =>
    backends.some(({ pods }) => valueOr(pods, []).some(({ pod }) => !isPodReady(pod) && !isPodFinished(pod))),
  );
  return isNodeTroubled || isPodTroubled ? lookup.list('DaemonSet', { namespace: 'kube-system' }) : found([]);
}
