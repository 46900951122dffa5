import type { Pod, PodMetrics } from './pod-types.ts';
import { parseQuantity } from './quantity.ts';

/** The share of its CPU requests that the Pod uses, 1 for all of them; undefined where it requests none or nothing tells. */
export function cpuShareOfRequests(pod: Pod, metrics: PodMetrics | undefined): number | undefined {
  const containers = pod.spec?.containers ?? [];
  const requested = sum(containers.map(({ resources }) => resources?.requests?.['cpu']));
  const used = sum((metrics?.containers ?? []).map(({ usage }) => usage?.['cpu']));
  return requested === 0 || metrics === undefined ? undefined : used / requested;
}

function sum(quantities: readonly (string | undefined)[]): number {
  return quantities.reduce((total, quantity) => total + (parseQuantity(quantity) ?? 0), 0);
}
