import { podCrashes } from '../../kubernetes/crash.ts';
import { secondsSince, timeOf } from '../../kubernetes/duration.ts';
import { eventCount, eventFirstTime, eventLastTime } from '../../kubernetes/events.ts';
import {
  findCondition,
  isPodLive,
  isPodReady,
  type PodContainer,
  podContainers,
} from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import { probeTimes, startAllowance } from '../../kubernetes/probe.ts';
import { readinessEvent } from '../../kubernetes/readiness.ts';
import type { Event } from '../../kubernetes/types.ts';
import type { Evidence, Report } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { eventEvidence, fieldEvidence } from '../shared/evidence.ts';
import { describePod, editOwner, showLog } from '../shared/pod-commands.ts';
import { crashingNowAndThen, unreadyNowAndThen } from '../shared/pod-consequences.ts';

/** Seconds within which the last restart has to be, and that may lie between two on the average. */
const HOUR = 3600;
/** Restarts from which on they are a habit. */
const SEVERAL = 3;
/** Seconds within which the Pod has to have come back to be ready. */
const LATELY = 900;

export const podFlapping = defineRule({
  code: 'GD4136',
  name: 'pod-flapping',
  title: 'the Pod goes out of service and comes back, again and again',
  hop: 'pod',
  severity: 'medium',
  confidence: 'likely',
  symptom: 'reduced-capacity',
  explains: [],
  visits: 'pod',
  needs: [],
  uses: ['events'],

  *check({ now, backend, pod, owner, events }) {
    // One that is out of service, or crashed just now, has rules for each cause.
    if (!isPodLive(pod) || !isPodReady(pod) || podCrashes(pod, events ?? [], now).length > 0) return;
    for (const container of podContainers(pod)) {
      if (container.role === 'init') continue;
      const restarts = restartEvidence(container, pod, now);
      const failures = readinessEvidence(container, pod, events ?? [], now);
      const evidence = restarts ?? failures;
      if (evidence === undefined) continue;
      yield {
        object: referenceTo(pod),
        message:
          restarts === undefined
            ? `container \`${container.name}\` fails its readiness probe now and then, and the Pod goes out of service each time`
            : `container \`${container.name}\` is restarted about every hour or more often`,
        ...(restarts === undefined ? unreadyNowAndThen(backend) : crashingNowAndThen(backend)),
        evidence,
        fix:
          restarts === undefined
            ? {
                summary:
                  'see why the probe is not answered in time under load; give the container more CPU, or the probe more time',
                commands: [describePod(pod), ...editOwner(owner)],
              }
            : {
                summary: 'see how the run before ended, by its exit code and its log',
                commands: [showLog(pod, container.name, true), describePod(pod)],
              },
      };
    }
  },
});

type AllEvidence = Report['evidence'];

/** Restarts that come often: several, not more than an hour apart on the average, and the next one is due. */
function restartEvidence(
  { status, statusField }: PodContainer,
  pod: Pod,
  now: Date,
): AllEvidence | undefined {
  const { restartCount = 0, lastState } = status ?? {};
  const ended = lastState?.terminated;
  const since = secondsSince(ended?.finishedAt, now);
  const age = secondsSince(pod.metadata?.creationTimestamp, now);
  if (restartCount < SEVERAL || since === undefined || age === undefined || since > HOUR) return undefined;
  const apart = (age - since) / restartCount;
  // What has stayed up for longer than it ever did before has settled.
  if (apart > HOUR || since > 2 * apart) return undefined;
  const object = referenceTo(pod);
  const field = `${statusField}.lastState.terminated`;
  return [
    fieldEvidence(object, `${statusField}.restartCount`, restartCount),
    fieldEvidence(object, `${field}.exitCode`, ended?.exitCode),
    fieldEvidence(object, `${field}.finishedAt`, ended?.finishedAt),
    fieldEvidence(object, 'metadata.creationTimestamp', pod.metadata?.creationTimestamp),
  ];
}

/**
 * Failures of the readiness probe over and over: the Pod came back into service lately, long after the container
 * started, and its failures are spread wider than one outage of that many would be.
 */
function readinessEvidence(
  container: PodContainer,
  pod: Pod,
  events: readonly Event[],
  now: Date,
): AllEvidence | undefined {
  const { spec, status } = container;
  const probe = spec.readinessProbe;
  const event = readinessEvent(events, container);
  const ready = findCondition(pod.status?.conditions, 'Ready');
  const back = secondsSince(ready?.lastTransitionTime, now);
  const began = timeOf(status?.state?.running?.startedAt);
  if (probe === undefined || event === undefined || back === undefined || began === undefined)
    return undefined;
  const startedBefore = secondsSince(began.toISOString(), now) ?? 0;
  if (back > LATELY || startedBefore - back < LATELY + startAllowance(spec)) return undefined;

  const { periodSeconds, failureThreshold } = probeTimes(probe);
  const [first, last] = [eventFirstTime(event), eventLastTime(event)];
  if (first === undefined || last === undefined) return undefined;
  const span = (last.getTime() - first.getTime()) / 1000;
  const count = eventCount(event);
  if (count < 2 * failureThreshold || span < 2 * count * periodSeconds) return undefined;
  if ((now.getTime() - last.getTime()) / 1000 > LATELY) return undefined;
  const object = referenceTo(pod);
  const state: Evidence = fieldEvidence(
    object,
    'status.conditions[Ready].lastTransitionTime',
    ready?.lastTransitionTime,
  );
  return [eventEvidence(object, event), state];
}
