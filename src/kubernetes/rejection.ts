import { eventsWithReason } from './events.ts';
import { findCondition } from './pod.ts';
import type { Event } from './types.ts';
import type { Workload } from './workload-types.ts';

/** What in the API server refuses to create a workload's Pods. */
export type RejectionKind = 'quota' | 'limit range' | 'pod security' | 'admission';

/** A refusal to create Pods that stands at present. */
export interface Rejection {
  readonly kind: RejectionKind;
  /** The API server's words, without the name of the Pod. */
  readonly message: string;
  /** Where it stands: the workload or its ReplicaSet with a ReplicaFailure condition, or an event. */
  readonly source: { readonly object: Workload } | { readonly event: Event };
}

/**
 * Why the Pods of a workload are not created: by the ReplicaFailure condition of the workload or of one of its
 * ReplicaSets, else by its newest FailedCreate event. A refusal that has been overcome does not count: the condition
 * is gone then, and an event counts only while Pods are missing.
 */
export function currentRejection(
  workload: Workload,
  replicaSets: readonly Workload[],
  events: readonly Event[],
): Rejection | undefined {
  const lacking = replicaSets.filter(lacksPods);
  for (const object of [...lacking, workload]) {
    const condition = findCondition(object.status?.conditions, 'ReplicaFailure');
    if (condition?.status !== 'True' || condition.message === undefined) continue;
    return {
      kind: kindOf(condition.message),
      message: withoutPodName(condition.message),
      source: { object },
    };
  }
  if (!lacksPods(workload) && lacking.length === 0) return undefined;
  const event = eventsWithReason(events, 'FailedCreate')[0];
  if (event?.message === undefined) return undefined;
  return { kind: kindOf(event.message), message: withoutPodName(event.message), source: { event } };
}

/** How many Pods the workload wants. */
export function wantedPods({ spec, status }: Workload): number {
  return spec?.replicas ?? status?.desiredNumberScheduled ?? 1;
}

/** How many of its Pods are ready. */
export function readyPodCount({ status }: Workload): number {
  return status?.readyReplicas ?? status?.numberReady ?? 0;
}

function lacksPods(workload: Workload): boolean {
  const { status } = workload;
  return (status?.replicas ?? status?.currentNumberScheduled ?? 0) < wantedPods(workload);
}

const KINDS: readonly (readonly [RegExp, RejectionKind])[] = [
  [/exceeded quota|failed quota|insufficient quota/i, 'quota'],
  [/violates PodSecurity/i, 'pod security'],
  [/(?:maximum|minimum) \S+ usage per|max limit to request ratio per/i, 'limit range'],
];

function kindOf(message: string): RejectionKind {
  return KINDS.find(([pattern]) => pattern.test(message))?.[1] ?? 'admission';
}

/** ReplicaSets' words begin with the name of the Pod to be, which differs each time. */
function withoutPodName(message: string): string {
  return message
    .replace(/^\(combined from similar events\): /, '')
    .replace(/^Error creating: /, '')
    .replace(/^create Pod \S+ in \S+ \S+ failed error: /, '')
    .replace(/^pods "[^"]*" is forbidden: /, '')
    .trim();
}
