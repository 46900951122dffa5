import type { Pod } from '../kubernetes/pod-types.ts';
import type { Event } from '../kubernetes/types.ts';
import { cpuShareOfRequests } from '../kubernetes/usage.ts';
import type { HorizontalPodAutoscaler } from '../kubernetes/workload-types.ts';
import { found, type Read, valueOr } from '../model/read.ts';
import type { Lookup } from './lookup.ts';
import { named } from './pods.ts';

/** The share of its requests from which on a Pod is busy enough for an autoscaler to be at its limit. */
const BUSY = 0.6;

/**
 * The HorizontalPodAutoscalers of a namespace. They matter only where something hints at them: endpoints are short,
 * Pods are busy, or an event is about one; otherwise they are not read.
 */
export function traceScalers(
  lookup: Lookup,
  namespace: string,
  pods: Read<readonly Pod[]>,
  events: Read<readonly Event[]>,
  isShort: boolean,
): Read<readonly HorizontalPodAutoscaler[]> {
  const isWorthwhile = isShort || isAnyBusy(lookup, namespace, valueOr(pods, [])) || areToldOf(events);
  return isWorthwhile ? lookup.list('HorizontalPodAutoscaler', { namespace }) : found([]);
}

function isAnyBusy(lookup: Lookup, namespace: string, pods: readonly Pod[]): boolean {
  if (pods.length === 0) return false;
  const metrics = valueOr(lookup.list('PodMetrics', { namespace }), []);
  return pods.some((pod) => (cpuShareOfRequests(pod, named(metrics, pod.metadata?.name ?? '')) ?? 0) >= BUSY);
}

function areToldOf(events: Read<readonly Event[]>): boolean {
  return valueOr(events, []).some(({ involvedObject }) => involvedObject?.kind === 'HorizontalPodAutoscaler');
}
