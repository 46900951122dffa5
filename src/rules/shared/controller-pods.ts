import { kubectl } from '../../kubernetes/command.ts';
import {
  findCondition,
  isPodFinished,
  isPodReady,
  isPodTerminating,
  podStateWord,
} from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import { readyPodCount, wantedPods } from '../../kubernetes/rejection.ts';
import type { Workload } from '../../kubernetes/workload-types.ts';
import type { Command, Evidence } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { type ObjectReference, referenceTo } from '../../model/reference.ts';
import type { ControllerInstance, IngressTrace } from '../../model/trace.ts';
import { fieldEvidence } from './evidence.ts';

/** Pods that take part now: neither ended nor being deleted. */
export function livingPods(pods: readonly Pod[]): readonly Pod[] {
  return pods.filter((pod) => !isPodFinished(pod) && !isPodTerminating(pod));
}

/** The workloads that only configure the proxies. */
export function controlPlanesOnly({ controlPlanes, proxies }: ControllerInstance): readonly Workload[] {
  return controlPlanes.filter((workload) => !proxies.includes(workload));
}

/** Whether no Pod is ready. Without any Pod the workloads' own count is believed. */
export function isDown(workloads: readonly Workload[], pods: readonly Pod[]): boolean {
  if (workloads.length === 0) return false;
  if (pods.length === 0) return !workloads.some((workload) => readyPodCount(workload) > 0);
  return !pods.some(isPodReady);
}

/** Whether another installation that takes up the Ingress has a ready Pod. */
export function hasStandIn({ controller, binding }: IngressTrace, instance: ControllerInstance): boolean {
  return valueOr(controller.instances, []).some(
    (other) =>
      other !== instance &&
      other.profile.claims(binding, other.settings).claims &&
      valueOr(other.pods, []).some(isPodReady),
  );
}

/** What the workloads want and have, and the state of their first Pods. */
export function podsEvidence(workloads: readonly Workload[], pods: readonly Pod[]): readonly Evidence[] {
  return [...workloads.map(countEvidence), ...livingPods(pods).slice(0, 3).flatMap(stateEvidence)];
}

function countEvidence(workload: Workload): Evidence {
  const object = referenceTo(workload);
  if (isScaledToZero(workload)) return fieldEvidence(object, 'spec.replicas', 0);
  return { object, source: 'ready Pods', value: `${readyPodCount(workload)} of ${wantedPods(workload)}` };
}

function stateEvidence(pod: Pod): readonly Evidence[] {
  const object = referenceTo(pod);
  const condition = findCondition(pod.status?.conditions, 'Ready');
  return [
    { object, source: 'state', value: podStateWord(pod) },
    ...(condition?.reason === undefined
      ? []
      : [fieldEvidence(object, 'status.conditions[Ready].reason', condition.reason)]),
  ];
}

/** Whether somebody set the workload to no Pods at all. */
export function isScaledToZero({ spec }: Workload): boolean {
  return spec?.replicas === 0;
}

/** When the last Pod went out of service, as far as the conditions tell. */
export function downSince(pods: readonly Pod[]): { readonly since?: string } {
  const times = livingPods(pods)
    .map((pod) => findCondition(pod.status?.conditions, 'Ready'))
    .filter((condition) => condition?.status === 'False')
    .flatMap((condition) => condition?.lastTransitionTime ?? [])
    .sort();
  const last = times.at(-1);
  return last === undefined ? {} : { since: last };
}

/** Scales up what is at zero, or else shows the workload and its Pods. */
export function controllerCommands(object: ObjectReference, workload: Workload): readonly Command[] {
  const { kind, namespace, name } = object;
  const words = `${kind.toLowerCase()}/${name}`;
  if (isScaledToZero(workload)) {
    return [{ run: kubectl(namespace, 'scale', words, '--replicas=1'), effect: 'changes' }];
  }
  return [
    { run: kubectl(namespace, 'get', 'pods', '-o', 'wide'), effect: 'looks' },
    { run: kubectl(namespace, 'describe', words), effect: 'looks' },
  ];
}
