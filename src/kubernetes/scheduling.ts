import { newestEvent } from './events.ts';
import { findCondition, isPodFinished, isPodTerminating } from './pod.ts';
import type { Pod } from './pod-types.ts';
import { matchesLabels } from './selector.ts';
import type { Event } from './types.ts';
import type { Node } from './workload-types.ts';

/** What keeps the scheduler from placing a Pod. */
export type SchedulingProblem = 'gate' | 'volume' | 'resources' | 'constraints';

/** Why a Pod has no Node. */
export interface Unschedulable {
  readonly problem: SchedulingProblem;
  /** The scheduler's words, without its remarks about preemption. */
  readonly message: string;
  /** The event with those words, if there still is one. */
  readonly event?: Event;
  /** The Pod's own PodScheduled condition says so too. */
  readonly inCondition: boolean;
}

const VOLUME =
  /PersistentVolumeClaim|volume node affinity conflict|available volume zone|max volume count|available persistent volumes|storageclass|enough free storage/i;
const RESOURCES = /Insufficient [\w./-]+|Too many pods|no nodes available|^0\/0 nodes/i;

/**
 * Why the scheduler found no Node, in the words of the Pod's PodScheduled condition or, failing that, of the newest
 * FailedScheduling event; undefined for a Pod that has one, or that the scheduler has not judged yet.
 */
export function unschedulable(pod: Pod, events: readonly Event[]): Unschedulable | undefined {
  if (pod.spec?.nodeName !== undefined || isPodTerminating(pod) || isPodFinished(pod)) return undefined;
  const condition = findCondition(pod.status?.conditions, 'PodScheduled');
  if (condition?.status === 'True') return undefined;
  const event = newestEvent(events, 'FailedScheduling');
  const inCondition = condition?.status === 'False' && condition.message !== undefined;
  const told = (inCondition ? condition.message : event?.message) ?? '';
  const message =
    told.split(/\s*(?:no new claims to deallocate, )?preemption:/)[0]?.replace(/[.,\s]+$/, '') ?? '';
  const isGated = condition?.reason === 'SchedulingGated' || (pod.spec?.schedulingGates ?? []).length > 0;
  if (message === '' && !isGated) return undefined;
  const problem = isGated ? 'gate' : problemOf(message);
  return { problem, message, inCondition, ...(event !== undefined && { event }) };
}

function problemOf(message: string): SchedulingProblem {
  if (VOLUME.test(message)) return 'volume';
  return RESOURCES.test(message) ? 'resources' : 'constraints';
}

/** The resources of which no Node has enough left: `cpu`, `memory`, `pods`, extended ones by their full name. */
export function scarceResources(message: string): readonly string[] {
  const names = [...message.matchAll(/Insufficient ([\w./-]+)/g)].map((match) => match[1] ?? '');
  if (/Too many pods/i.test(message)) names.push('pods');
  return [...new Set(names)];
}

const CONSTRAINTS: readonly (readonly [RegExp, string])[] = [
  [/untolerated taint|had taints? .* that the pod didn't tolerate/i, 'taints that it does not tolerate'],
  [/node affinity\/selector|node selector/i, 'its node selector or affinity'],
  [/anti-affinity/i, 'its anti-affinity'],
  [/didn't match pod affinity/i, 'its Pod affinity'],
  [/free ports/i, 'its host port, which is taken'],
  [/topology spread/i, 'its topology spread constraints'],
  [/were unschedulable/i, 'being cordoned'],
  [/not ready|unreachable/i, 'not being ready'],
];

/**
 * The Nodes that the Pod could ever run on, by its node selector and by taints that it does not tolerate. Cordons and
 * Nodes that are not ready for now do not count: their taints begin with `node.kubernetes.io/`.
 */
export function nodesFor(pod: Pod, nodes: readonly Node[]): readonly Node[] {
  return nodes.filter(
    ({ metadata, spec }) =>
      matchesLabels(pod.spec?.nodeSelector ?? {}, metadata?.labels) &&
      (spec?.taints ?? []).every((taint) => isPassing(taint) || tolerates(pod, taint)),
  );
}

type Taint = NonNullable<NonNullable<Node['spec']>['taints']>[number];

function isPassing({ key = '', effect }: Taint): boolean {
  return effect === 'PreferNoSchedule' || key.startsWith('node.kubernetes.io/');
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
function tolerates(pod: Pod, taint: Taint): boolean {
  return (pod.spec?.tolerations ?? []).some(({ key = '', operator = 'Equal', value = '', effect = '' }) => {
    if (effect !== '' && effect !== taint.effect) return false;
    if (key === '') return operator === 'Exists';
    return key === taint.key && (operator === 'Exists' || value === (taint.value ?? ''));
  });
}

/** What rules the Nodes out, in words that follow "by"; empty for words of the scheduler that are not known. */
export function rulingConstraints(message: string): readonly string[] {
  return CONSTRAINTS.filter(([pattern]) => pattern.test(message)).map(([, words]) => words);
}
