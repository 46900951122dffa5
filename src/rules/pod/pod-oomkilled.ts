import { secondsSince } from '../../kubernetes/duration.ts';
import {
  isPodReady,
  isPodTerminating,
  lastTermination,
  type PodContainer,
  podContainers,
} from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { Severity } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { BackendTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { editOwner, showLog } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES, missingPodSeverity } from '../shared/pod-consequences.ts';

/** Seconds for which the kill explains that a container which runs again is not ready. */
const RECENT = 600;

/** Restarts from which on a container that is up again is not taken to have settled. */
const SEVERAL = 3;

/** Seconds after which the kill of a container that runs again is history. */
const HISTORY = 3600;

export const podOomkilled = defineRule({
  code: 'GD4112',
  name: 'pod-oomkilled',
  title: 'a container is killed because it needs more memory than its limit',
  hop: 'pod',
  severity: 'critical',
  confidence: 'certain',
  explains: [
    ...MISSING_POD_CONSEQUENCES,
    'pod-crashloop',
    'pod-killed-137',
    'pod-liveness-kill',
    'pod-init-stuck',
    'pod-readiness-refused',
    'pod-readiness-timeout',
    'pod-memory-near-limit',
  ],
  visits: 'pod',
  needs: [],

  *check({ now, backend, pod, owner }) {
    if (isPodTerminating(pod)) return;
    for (const container of podContainers(pod)) {
      const { name, spec, status, specField, statusField } = container;
      const ended = lastTermination(status);
      if (ended?.reason !== 'OOMKilled') continue;
      const object = referenceTo(pod);
      const limit = spec.resources?.limits?.['memory'];
      const state = status?.state?.terminated === undefined ? 'lastState' : 'state';
      const severity = severityOf(backend, pod, container, now);
      yield {
        object,
        message:
          limit === undefined
            ? `container \`${name}\` is killed for lack of memory on its Node`
            : `container \`${name}\` is killed for using more memory than its limit of ${limit}`,
        severity,
        ...(isFlapping(pod, container, now) && { symptom: 'reduced-capacity' as const }),
        ...(ended.finishedAt !== undefined && severity !== 'info' && { since: ended.finishedAt }),
        evidence: [
          fieldEvidence(object, `${statusField}.${state}.terminated.reason`, ended.reason),
          fieldEvidence(object, `${statusField}.${state}.terminated.exitCode`, ended.exitCode),
          fieldEvidence(object, `${statusField}.restartCount`, status?.restartCount ?? 0),
          fieldEvidence(object, `${specField}.resources.limits.memory`, limit),
        ],
        fix: {
          summary: 'raise the memory limit, or make the program need less (heap settings, a leak)',
          commands: [showLog(pod, name, state === 'lastState'), ...editOwner(owner)],
        },
      };
    }
  },
});

/** Whether a container that is up for now is killed again and again, each time with its Pod out of service. */
function isFlapping(pod: Pod, { status }: PodContainer, now: Date): boolean {
  const age = secondsSince(lastTermination(status)?.finishedAt, now) ?? Number.POSITIVE_INFINITY;
  return isPodReady(pod) && age <= RECENT && (status?.restartCount ?? 0) >= SEVERAL;
}

function severityOf(backend: BackendTrace, pod: Pod, { status }: PodContainer, now: Date): Severity {
  const age = secondsSince(lastTermination(status)?.finishedAt, now) ?? Number.POSITIVE_INFINITY;
  const isUp = status?.state?.running !== undefined;
  if (!isPodReady(pod) && (!isUp || age <= RECENT)) return missingPodSeverity(backend);
  // The container is up since: the Pod is held back by something else, or by nothing.
  return age <= HISTORY ? 'medium' : 'info';
}
