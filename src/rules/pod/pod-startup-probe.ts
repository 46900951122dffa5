import { secondsSince } from '../../kubernetes/duration.ts';
import { eventContainer, eventsWithReason } from '../../kubernetes/events.ts';
import { isPodFinished, isPodTerminating, podContainers } from '../../kubernetes/pod.ts';
import type { Container, Pod, Probe } from '../../kubernetes/pod-types.ts';
import { describeProbe } from '../../kubernetes/probe.ts';
import type { Report } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule, type Facts } from '../rule.ts';
import { crashEvidence, crashesOfKind, crashWeight } from '../shared/crash-report.ts';
import { eventEvidence, fieldEvidence } from '../shared/evidence.ts';
import { editOwner, showLog } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES, missingPodSeverity } from '../shared/pod-consequences.ts';
import { describeFailure } from '../shared/readiness-report.ts';

/** Seconds of failing start-up checks after which a container that is still within its allowance is worth naming. */
const LONG_START = 300;

export const podStartupProbe = defineRule({
  code: 'GD4119',
  name: 'pod-startup-probe',
  title: 'the startup probe of a container never succeeds',
  hop: 'pod',
  severity: 'high',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: [],
  uses: ['events', 'logs'],

  *check(facts) {
    const { now, backend, pod, owner, events, logs } = facts;
    const crashes = crashesOfKind({ now, backend, pod, events }, 'startup probe');
    for (const crash of crashes) {
      const { name, spec, specField } = crash.container;
      const probe = spec.startupProbe;
      const failure = crash.events.find(({ reason }) => reason === 'Unhealthy')?.message;
      const object = referenceTo(pod);
      yield {
        object,
        message: `container \`${name}\` is restarted before it is up: ${describe(spec, failure)}`,
        ...crashWeight(crash, backend),
        evidence: [...crashEvidence(crash, pod, logs), ...thresholds(pod, specField, probe)],
        fix: {
          summary: 'raise failureThreshold of the startup probe, or mend what it asks for',
          commands: [showLog(pod, name, true), ...editOwner(owner)],
        },
      };
    }
    if (crashes.length === 0) yield* longStarts(facts);
  },
});

function* longStarts({
  now,
  backend,
  pod,
  owner,
  events,
}: Facts<'pod', never, 'events' | 'logs'>): Iterable<Report> {
  if (isPodTerminating(pod) || isPodFinished(pod)) return;
  for (const { name, spec, status, specField, statusField } of podContainers(pod)) {
    const probe = spec.startupProbe;
    const age = secondsSince(status?.state?.running?.startedAt, now);
    if (probe === undefined || status?.started !== false || age === undefined || age < LONG_START) continue;
    const event = eventsWithReason(events ?? [], 'Unhealthy').find(
      (candidate) =>
        /startup probe/i.test(candidate.message ?? '') && (eventContainer(candidate) ?? name) === name,
    );
    if (event === undefined) continue;
    const object = referenceTo(pod);
    yield {
      object,
      message: `container \`${name}\` is not up yet: ${describe(spec, event.message)}`,
      severity: missingPodSeverity(backend),
      confidence: 'likely',
      evidence: [
        fieldEvidence(object, `${statusField}.started`, false),
        eventEvidence(object, event),
        ...thresholds(pod, specField, probe),
      ],
      fix: {
        summary: 'mend what the startup probe asks for',
        commands: [showLog(pod, name), ...editOwner(owner)],
      },
    };
  }
}

function describe(container: Container, failure: string | undefined): string {
  const probe = container.startupProbe;
  if (probe === undefined) return 'its startup probe fails';
  return `startup probe ${describeProbe(probe, container)} ${failure === undefined ? 'fails' : describeFailure(failure, probe)}`;
}

function thresholds(pod: Pod, specField: string, probe: Probe | undefined) {
  if (probe === undefined) return [];
  const object = referenceTo(pod);
  return [
    fieldEvidence(object, `${specField}.startupProbe.failureThreshold`, probe.failureThreshold ?? 3),
    fieldEvidence(object, `${specField}.startupProbe.periodSeconds`, probe.periodSeconds ?? 10),
  ];
}
