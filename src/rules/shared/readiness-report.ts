import { podCrashes } from '../../kubernetes/crash.ts';
import { secondsSince } from '../../kubernetes/duration.ts';
import { decisiveError } from '../../kubernetes/log-lines.ts';
import { findCondition, servingContainer } from '../../kubernetes/pod.ts';
import type { Pod, Probe } from '../../kubernetes/pod-types.ts';
import { describeProbe } from '../../kubernetes/probe.ts';
import {
  deafListener,
  failedProbeAnswer,
  failedStatus,
  isOverdue,
  type ProbeFailure,
  probeFailure,
  readinessEvent,
  type Unready,
  unreadyContainers,
} from '../../kubernetes/readiness.ts';
import type { Event } from '../../kubernetes/types.ts';
import type { Confidence, Evidence, Report } from '../../model/finding.ts';
import { type ObjectReference, referenceTo } from '../../model/reference.ts';
import type { BackendTrace, ContainerLog } from '../../model/trace.ts';
import { eventEvidence, fieldEvidence, logEvidence } from './evidence.ts';
import { editOwner, showLog, undoRollout } from './pod-commands.ts';
import { hasReadyPods, missingPodSeverity, servedPort } from './pod-consequences.ts';

/** What the readiness rules look at. */
interface ReadinessFacts {
  readonly now: Date;
  readonly backend: BackendTrace;
  readonly pod: Pod;
  readonly events: readonly Event[];
  readonly logs: readonly ContainerLog[] | undefined;
}

/** A readiness probe that fails in one known way. */
export interface ReadinessFailure extends Unready {
  readonly failure: ProbeFailure;
  /** The answer in words that follow the probe: `answers 500`, `is refused`. */
  readonly words: string;
  /** The HTTP status that the probe got, if it got one. */
  readonly status?: number;
  /** Certain by the kubelet's own event; likely by what the container's log says. */
  readonly confidence: Confidence;
  readonly evidence: readonly [Evidence, ...Evidence[]];
}

/** The failing readiness probes of the Pod, less those of sidecars beside a ready serving container and of crashes. */
function readinessFailures(facts: ReadinessFacts, failure: ProbeFailure): readonly ReadinessFailure[] {
  const { backend, pod, now, events } = facts;
  const serving = servingContainer(pod, servedPort(backend));
  const crashing = new Set(podCrashes(pod, events, now).map(({ container }) => container.name));
  return unreadyContainers(pod)
    .filter(({ container }) => !crashing.has(container.name))
    .filter(({ container }) => container.name === serving?.name || serving?.status?.ready === false)
    .filter(({ container }) => container.role === 'app')
    .filter(({ container, probe }) =>
      isOverdue(container, now, readinessEvent(events, container), patience(backend, probe)),
    )
    .flatMap((unready) => judge(facts, unready) ?? [])
    .filter((judged) => judged.failure === failure);
}

/** The report of each readiness probe that fails in this way; `advise` says what to do about it. */
export function* reportReadiness(
  facts: ReadinessFacts & { readonly owner?: ObjectReference },
  kind: ProbeFailure,
  advise: (failure: ReadinessFailure) => string,
): Iterable<Report> {
  const { now, backend, pod, owner } = facts;
  for (const failure of readinessFailures(facts, kind)) {
    const { container, confidence, evidence } = failure;
    yield {
      object: referenceTo(pod),
      message: readinessMessage(pod, failure),
      severity: missingPodSeverity(backend),
      confidence,
      evidence,
      ...unreadySince(pod, now),
      fix: {
        summary: advise(failure),
        commands: [showLog(pod, container.name), ...undoRollout(backend, owner), ...editOwner(owner)],
      },
    };
  }
}

/** How many failures of a young container's probe are a fault: fewer while nothing else serves. */
export function patience(backend: BackendTrace, { failureThreshold = 3 }: Probe): number {
  return hasReadyPods(backend) ? failureThreshold : Math.min(2, failureThreshold);
}

function judge(facts: ReadinessFacts, unready: Unready): ReadinessFailure | undefined {
  const { pod, events, logs } = facts;
  const { container, probe } = unready;
  const object = referenceTo(pod);
  const state = fieldEvidence(object, `${container.statusField}.ready`, false);
  const event = readinessEvent(events, container);
  if (event !== undefined) {
    const message = event.message ?? '';
    const status = failedStatus(message);
    return {
      ...unready,
      failure: probeFailure(message, probe),
      words: describeFailure(message, probe),
      confidence: probeFailure(message, probe) === 'scheme' && status === 400 ? 'likely' : 'certain',
      evidence: [eventEvidence(object, event), state, ...ownErrors(facts, container.name)],
      ...(status !== undefined && { status }),
    };
  }
  for (const log of logs ?? []) {
    if (log.container !== container.name || log.previous) continue;
    const answer = failedProbeAnswer(log.text, probe);
    if (answer !== undefined) {
      const { status, line } = answer;
      const evidence = [logEvidence(object, log, line), state] as const;
      return {
        ...unready,
        failure: 'answer',
        words: `answers ${status}`,
        status,
        confidence: 'likely',
        evidence,
      };
    }
    const listener = deafListener(log.text, probe, container);
    if (listener !== undefined) {
      const evidence = [logEvidence(object, log, listener.line), state] as const;
      return { ...unready, failure: 'refused', words: 'is refused', confidence: 'likely', evidence };
    }
  }
  return undefined;
}

/** What the container itself says is wrong: the best hint at why it is not ready. */
function ownErrors({ pod, logs }: ReadinessFacts, container: string): readonly Evidence[] {
  const log = logs?.find((candidate) => candidate.container === container && !candidate.previous);
  const error = log === undefined ? undefined : decisiveError(log.text);
  return log === undefined || error === undefined ? [] : [logEvidence(referenceTo(pod), log, error.line)];
}

/** How the probe fails, in words that follow the probe, from the kubelet's message about it. */
export function describeFailure(message: string, probe: Probe): string {
  const status = failedStatus(message);
  switch (probeFailure(message, probe)) {
    case 'scheme':
      return probe.httpGet?.scheme?.toUpperCase() === 'HTTPS'
        ? 'speaks TLS to a plain HTTP port'
        : 'speaks plain HTTP to a TLS port';
    case 'refused':
      return /refused/i.test(message) ? 'is refused' : 'is cut off';
    case 'timeout':
      return `is not answered within ${probe.timeoutSeconds ?? 1}s`;
    case 'answer':
      if (status !== undefined) return `answers ${status}`;
      return /NOT_SERVING/.test(message) ? 'answers NOT_SERVING' : 'fails';
  }
}

/** `readiness probe GET :8080/healthz answers 500`, with the container where the Pod has several. */
function readinessMessage(pod: Pod, { container, probe, words }: ReadinessFailure): string {
  const ofWhich = (pod.spec?.containers?.length ?? 1) > 1 ? ` of container \`${container.name}\`` : '';
  return `readiness probe ${describeProbe(probe, container.spec)}${ofWhich} ${words}`;
}

/** Since when the Pod is not ready, for a report; nothing where that is not told or in the future. */
export function unreadySince(pod: Pod, now: Date): { readonly since?: string } {
  const condition = findCondition(pod.status?.conditions, 'Ready');
  const time = condition?.lastTransitionTime;
  return condition?.status === 'False' && time !== undefined && (secondsSince(time, now) ?? -1) >= 0
    ? { since: time }
    : {};
}
