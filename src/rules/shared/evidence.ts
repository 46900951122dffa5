import { showEvent } from '../../kubernetes/events.ts';
import type { Event } from '../../kubernetes/types.ts';
import type { Evidence } from '../../model/finding.ts';
import type { ObjectReference } from '../../model/reference.ts';
import type { ContainerLog } from '../../model/trace.ts';

/** A field of the object with its value; an absent value reads `absent`. */
export function fieldEvidence(
  object: ObjectReference,
  field: string,
  value: string | number | boolean | undefined,
): Evidence {
  return { object, field, value: value === undefined ? 'absent' : oneLine(String(value)) };
}

/** An event about the object: its reason and count, and its message. */
export function eventEvidence(object: ObjectReference, event: Event): Evidence {
  return { object, source: showEvent(event), value: oneLine(event.message ?? '') };
}

/** A line of one container's log. */
export function logEvidence(object: ObjectReference, log: ContainerLog, line: string): Evidence {
  const run = log.previous ? ' (previous run)' : '';
  return { object, source: `log of container ${log.container}${run}`, value: oneLine(line) };
}

const LONGEST = 400;

function oneLine(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}
