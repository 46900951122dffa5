import { timeOf } from '../../kubernetes/duration.ts';
import { lastChange } from '../../kubernetes/last-change.ts';
import { logLineTime, safeLine } from '../../kubernetes/log-lines.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { KubeObject } from '../../kubernetes/types.ts';
import type { Evidence } from '../../model/finding.ts';
import type { ObjectReference } from '../../model/reference.ts';
import type { ContainerLog } from '../../model/trace.ts';
import { logEvidence } from './evidence.ts';
import { lastLines, podOf } from './log-events.ts';

/** When the last of the Pod's containers started, else when it was made, in milliseconds since 1970. */
export function startOf({ metadata, status }: Pod): number | undefined {
  const starts = (status?.containerStatuses ?? []).flatMap(
    ({ state }) => timeOf(state?.running?.startedAt)?.getTime() ?? [],
  );
  return starts.length === 0 ? timeOf(metadata?.creationTimestamp)?.getTime() : Math.max(...starts);
}

/**
 * The last moment, in milliseconds since 1970, at which the objects changed or a Pod of the controller started, which
 * looks at everything anew: what the controller said before may not hold any more.
 */
export function lastMoment(pods: readonly Pod[], objects: readonly (KubeObject | undefined)[]): number {
  const changes = objects.flatMap((object) => (object === undefined ? [] : (lastChange(object) ?? [])));
  return Math.max(0, ...changes, ...pods.flatMap((pod) => startOf(pod) ?? []));
}

/** The newest line of ingress-nginx with these words about the Ingress, unless it was written before `since`. */
export function linesAbout(
  { namespace, name }: ObjectReference,
  logs: readonly ContainerLog[],
  words: string,
  now: Date,
  since: number,
): readonly Evidence[] {
  const about = lastLines(
    logs.filter(({ previous }) => !previous),
    (line) => line.includes(words) && line.includes(`ingress="${namespace}/${name}"`),
  );
  for (const { log, line } of about) {
    const time = logLineTime(line, now)?.getTime();
    if (time !== undefined && time < since) continue;
    return [logEvidence(podOf(log), log, safeLine(line))];
  }
  return [];
}
