import { type LabelCandidate, type NearMiss, nearestLabels } from '../../kubernetes/nearest.ts';
import { isPodFinished, isPodTerminating } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import { matchesLabels } from '../../kubernetes/selector.ts';
import type { Service, StringMap } from '../../kubernetes/types.ts';
import type { Workload } from '../../kubernetes/workload-types.ts';
import { valueOr } from '../../model/read.ts';
import { type ObjectReference, referenceTo } from '../../model/reference.ts';
import type { NamespaceTrace, PodTrace } from '../../model/trace.ts';

/** A workload or Pod that a selector might have meant. */
export interface SelectorCandidate extends LabelCandidate {
  readonly reference: ObjectReference;
  /** Where its labels stand: `spec.template.metadata.labels` or `metadata.labels`. */
  readonly field: string;
  /** Labels that select it and as little else as can be told. */
  readonly selector: StringMap;
}

/** Whether any Pod is left that has not finished; one that is being deleted still proves that the selector fits. */
export function hasLivePods(pods: readonly PodTrace[]): boolean {
  return pods.some(({ pod }) => !isPodFinished(pod));
}

/** Whether a Service's selector matches the Pods that the workload makes. An empty one selects nothing. */
export function isSelectedTemplate({ spec }: Workload, selector: StringMap = {}): boolean {
  return Object.keys(selector).length > 0 && matchesLabels(selector, spec?.template?.metadata?.labels);
}

/**
 * What the Service's selector probably means, though it does not match. What another Service selects already
 * counts only where it bears this Service's name.
 */
export function nearMiss(
  service: Service,
  scope: NamespaceTrace,
  workloads: readonly Workload[] | undefined,
  pods: readonly Pod[] | undefined,
): NearMiss<SelectorCandidate> | undefined {
  const { name = '' } = service.metadata ?? {};
  const selectors = valueOr(scope.services, [])
    .filter(({ metadata }) => metadata?.name !== name)
    .map(({ spec }) => spec?.selector ?? {});
  const isTaken = (labels: StringMap) =>
    selectors.some((selector) => Object.keys(selector).length > 0 && matchesLabels(selector, labels));
  const candidates = [...(workloads ?? []).map(workloadCandidate), ...(pods ?? []).flatMap(podCandidate)];
  const free = candidates.filter((candidate) => candidate.name === name || !isTaken(candidate.labels));
  return nearestLabels(service.spec?.selector ?? {}, name, free);
}

/** The workload of the namespace that bears the Service's name. */
export function namesakeWorkload(
  service: Service,
  workloads: readonly Workload[],
): SelectorCandidate | undefined {
  return workloads.map(workloadCandidate).find(({ name }) => name === service.metadata?.name);
}

/** Labels as kubectl's `-l` takes them: `app=web,tier=front`. */
export function showLabels(labels: StringMap): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

function workloadCandidate(workload: Workload): SelectorCandidate {
  const labels = workload.spec?.template?.metadata?.labels ?? {};
  return {
    name: workload.metadata?.name ?? '',
    labels,
    reference: referenceTo(workload),
    field: 'spec.template.metadata.labels',
    selector: workload.spec?.selector?.matchLabels ?? labels,
  };
}

/** A Pod stands for itself only where no workload can stand for it. */
function podCandidate(pod: Pod): readonly SelectorCandidate[] {
  const { name = '', labels = {}, ownerReferences = [] } = pod.metadata ?? {};
  const isOwned = ownerReferences.some(({ kind }) => kind !== undefined && WORKLOAD_KINDS.includes(kind));
  if (isOwned || isPodFinished(pod) || isPodTerminating(pod)) return [];
  return [{ name, labels, reference: referenceTo(pod), field: 'metadata.labels', selector: labels }];
}

const WORKLOAD_KINDS: readonly string[] = ['ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job'];
