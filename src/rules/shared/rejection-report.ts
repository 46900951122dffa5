import {
  currentRejection,
  type Rejection,
  type RejectionKind,
  readyPodCount,
  wantedPods,
} from '../../kubernetes/rejection.ts';
import type { Event, Workload } from '../../kubernetes/types.ts';
import type { Evidence, Severity } from '../../model/finding.ts';
import { type ObjectReference, reference, referenceTo } from '../../model/reference.ts';
import type { Symptom } from '../../model/symptom.ts';
import { eventEvidence, fieldEvidence } from './evidence.ts';

/** What the rules about refused Pods look at. */
interface RejectionFacts {
  readonly workload: Workload;
  readonly reference: ObjectReference;
  readonly replicaSets: readonly Workload[] | undefined;
  readonly events: readonly Event[] | undefined;
}

/** A refusal as a report states it. */
interface Refusal {
  /** The API server's words. */
  readonly message: string;
  readonly severity: Severity;
  readonly symptom?: Symptom;
  readonly evidence: readonly [Evidence, ...Evidence[]];
}

/** The refusal of that kind that stands against the workload at present, with what proves it and what it weighs. */
export function rejectionOfKind(
  { workload, reference: object, replicaSets, events }: RejectionFacts,
  kind: RejectionKind,
): Refusal | undefined {
  const rejection = currentRejection(workload, replicaSets ?? [], events ?? []);
  if (rejection?.kind !== kind) return undefined;
  const ready = readyPodCount(workload);
  const wanted = wantedPods(workload);
  const isShort = ready < wanted;
  return {
    message: rejection.message,
    severity: ready === 0 ? 'critical' : isShort ? 'high' : 'medium',
    // With no Pod at all the missing endpoints say it; Pods that were never made stand in no EndpointSlice.
    ...(isShort && ready > 0 && { symptom: 'reduced-capacity' }),
    evidence: [
      sourceEvidence(rejection),
      fieldEvidence(object, 'status.readyReplicas', `${ready} of ${wanted}`),
    ],
  };
}

function sourceEvidence({ source, message }: Rejection): Evidence {
  if ('object' in source) {
    return fieldEvidence(referenceTo(source.object), 'status.conditions[ReplicaFailure].message', message);
  }
  const { kind = 'ReplicaSet', namespace, name = '' } = source.event.involvedObject ?? {};
  return eventEvidence(reference(kind, namespace, name), source.event);
}
