import { eventFirstTime } from '../../kubernetes/events.ts';
import { findCondition } from '../../kubernetes/pod.ts';
import {
  currentRejection,
  type Rejection,
  type RejectionKind,
  readyPodCount,
  wantedPods,
} from '../../kubernetes/rejection.ts';
import type { Event } from '../../kubernetes/types.ts';
import type { Workload } from '../../kubernetes/workload-types.ts';
import type { Evidence, Fix, Report } from '../../model/finding.ts';
import { type ObjectReference, reference, referenceTo } from '../../model/reference.ts';
import { eventEvidence, fieldEvidence } from './evidence.ts';

/** What the rules about refused Pods look at. */
interface RejectionFacts {
  readonly workload: Workload;
  readonly reference: ObjectReference;
  readonly replicaSets: readonly Workload[] | undefined;
  readonly events: readonly Event[] | undefined;
}

/** What one kind of refusal says, from the API server's words. */
interface RejectionWords {
  /** The message of the report. */
  describe(message: string): string;
  fix(workload: ObjectReference, message: string): Fix;
  /** What else proves it; absent for nothing. */
  evidence?(message: string): readonly Evidence[];
}

/** The report of a refusal of that kind that stands against the workload at present; nothing where none does. */
export function* reportRejection(
  { workload, reference: object, replicaSets, events }: RejectionFacts,
  kind: RejectionKind,
  words: RejectionWords,
): Iterable<Report> {
  const rejection = currentRejection(workload, replicaSets ?? [], events ?? []);
  if (rejection?.kind !== kind) return;
  const { message } = rejection;
  const ready = readyPodCount(workload);
  const wanted = wantedPods(workload);
  const isShort = ready < wanted;
  const since = sinceWhen(rejection);
  yield {
    object,
    message: words.describe(message),
    severity: ready === 0 ? 'critical' : isShort ? 'high' : 'medium',
    // With no Pod at all the missing endpoints say it; Pods that were never made stand in no EndpointSlice.
    ...(isShort && ready > 0 && { symptom: 'reduced-capacity' }),
    ...(since !== undefined && { since }),
    evidence: [
      sourceEvidence(rejection),
      fieldEvidence(object, 'status.readyReplicas', `${ready} of ${wanted}`),
      ...(words.evidence?.(message) ?? []),
    ],
    fix: words.fix(object, message),
  };
}

function sinceWhen({ source }: Rejection): string | undefined {
  if ('event' in source) return eventFirstTime(source.event)?.toISOString();
  return findCondition(source.object.status?.conditions, 'ReplicaFailure')?.lastTransitionTime;
}

function sourceEvidence({ source, message }: Rejection): Evidence {
  if ('object' in source) {
    return fieldEvidence(referenceTo(source.object), 'status.conditions[ReplicaFailure].message', message);
  }
  const { kind = 'ReplicaSet', namespace, name = '' } = source.event.involvedObject ?? {};
  return eventEvidence(reference(kind, namespace, name), source.event);
}
