import {
  currentRejection,
  type Rejection,
  type RejectionKind,
  readyPodCount,
  wantedPods,
} from '../kubernetes/rejection.ts';
import type { Event, Workload } from '../kubernetes/types.ts';
import type { Evidence, Severity } from '../model/finding.ts';
import { type ObjectReference, reference, referenceTo } from '../model/reference.ts';
import { eventEvidence, fieldEvidence } from './evidence.ts';

/** What the rules about refused Pods look at. */
interface RejectionFacts {
  readonly workload: Workload;
  readonly reference: ObjectReference;
  readonly replicaSets: readonly Workload[] | undefined;
  readonly events: readonly Event[] | undefined;
}

/** The refusal of that kind that stands against the workload at present, with what proves it and what it weighs. */
export function rejectionOfKind(
  { workload, reference: object, replicaSets, events }: RejectionFacts,
  kind: RejectionKind,
):
  | (Rejection & { readonly severity: Severity; readonly evidence: readonly [Evidence, ...Evidence[]] })
  | undefined {
  const rejection = currentRejection(workload, replicaSets ?? [], events ?? []);
  if (rejection?.kind !== kind) return undefined;
  const ready = readyPodCount(workload);
  const wanted = wantedPods(workload);
  return {
    ...rejection,
    severity: ready === 0 ? 'critical' : ready < wanted ? 'high' : 'medium',
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
