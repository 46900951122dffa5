import type { Pod } from '../../kubernetes/pod-types.ts';
import type { Unschedulable } from '../../kubernetes/scheduling.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { eventEvidence, fieldEvidence } from './evidence.ts';

/** Where the scheduler's words were read: the Pod's condition, the event, or both. */
export function schedulingEvidence(
  pod: Pod,
  { message, event, inCondition }: Unschedulable,
): readonly [Evidence, ...Evidence[]] {
  const object = referenceTo(pod);
  const ofEvent = event === undefined ? [] : [eventEvidence(object, event)];
  const [first = fieldEvidence(object, 'status.phase', pod.status?.phase), ...others] = ofEvent;
  if (!inCondition) return [first, ...others];
  return [fieldEvidence(object, 'status.conditions[PodScheduled].message', message), ...ofEvent];
}
