import { type Crash, type CrashKind, podCrashes } from '../../kubernetes/crash.ts';
import { decisiveError, type LogError, lastLine, safeLine } from '../../kubernetes/log-lines.ts';
import { isPodFinished } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { Event } from '../../kubernetes/types.ts';
import type { Evidence, Report } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { BackendTrace, ContainerLog } from '../../model/trace.ts';
import { eventEvidence, fieldEvidence, logEvidence } from './evidence.ts';
import { crashingNowAndThen, hasReadyPods, missingPodSeverity } from './pod-consequences.ts';

/** What the crash rules look at. */
interface CrashFacts {
  readonly now: Date;
  readonly backend: BackendTrace;
  readonly pod: Pod;
  readonly events: readonly Event[] | undefined;
}

/**
 * The Pod's crashes of one kind. Those of init containers count only where `isInitContainersToo`.
 * A Pod that ended for good matters only while no other is ready, and never when a Job made it.
 */
export function crashesOfKind(
  { now, backend, pod, events }: CrashFacts,
  kind: CrashKind,
  isInitContainersToo = false,
): readonly Crash[] {
  const isJob = pod.metadata?.ownerReferences?.some((owner) => owner.kind === 'Job') === true;
  if (isPodFinished(pod) && (isJob || hasReadyPods(backend))) return [];
  return podCrashes(pod, events ?? [], now).filter(
    ({ container, kind: actual }) => actual === kind && (isInitContainersToo || container.role !== 'init'),
  );
}

/** Restarts from which on a container that is up again is not taken to have settled. */
const SEVERAL = 3;

/**
 * What a crash weighs. A container that is up again for now is a warning; one that ends again and again takes its
 * Pod out of service each time, which the endpoints do not show between two ends.
 */
export function crashWeight(
  { isReadyNow, container }: Crash,
  backend: BackendTrace,
): Pick<Report, 'severity' | 'symptom' | 'partial'> {
  if (!isReadyNow) return { severity: missingPodSeverity(backend) };
  const isFlapping = (container.status?.restartCount ?? 0) >= SEVERAL;
  return { severity: 'medium', ...(isFlapping && crashingNowAndThen(backend)) };
}

/** What the container's log says about its end: of the run that ended, or of the present one. */
export function crashLog(
  { container }: Crash,
  logs: readonly ContainerLog[] | undefined,
): { readonly log: ContainerLog; readonly error?: LogError; readonly line: string } | undefined {
  const own = (logs ?? []).filter((log) => log.container === container.name);
  const ofLastRun = own.toSorted((a, b) => Number(b.previous) - Number(a.previous));
  for (const log of ofLastRun) {
    const error = decisiveError(log.text);
    if (error !== undefined) return { log, error, line: error.line };
  }
  for (const log of ofLastRun) {
    const line = lastLine(log.text);
    if (line !== undefined) return { log, line };
  }
  return undefined;
}

/** Status, events and log line that prove a crash. */
export function crashEvidence(
  crash: Crash,
  pod: Pod,
  logs: readonly ContainerLog[] | undefined,
): readonly [Evidence, ...Evidence[]] {
  const object = referenceTo(pod);
  const { container, ended, events } = crash;
  const { state, restartCount } = container.status ?? {};
  const evidence: Evidence[] = [];
  if (state?.waiting !== undefined) {
    const { reason, message } = state.waiting;
    evidence.push(fieldEvidence(object, `${container.statusField}.state.waiting.reason`, reason));
    if (message !== undefined && reason !== 'CrashLoopBackOff') {
      evidence.push(fieldEvidence(object, `${container.statusField}.state.waiting.message`, message));
    }
  }
  if (ended !== undefined) {
    const field = `${container.statusField}.${state?.terminated === undefined ? 'lastState' : 'state'}.terminated`;
    evidence.push(fieldEvidence(object, `${field}.exitCode`, ended.exitCode));
    if (ended.reason !== undefined) evidence.push(fieldEvidence(object, `${field}.reason`, ended.reason));
    if (ended.message !== undefined)
      evidence.push(fieldEvidence(object, `${field}.message`, safeLine(ended.message)));
  }
  evidence.push(...events.slice(0, 2).map((event) => eventEvidence(object, event)));
  const told = crashLog(crash, logs);
  if (told !== undefined) evidence.push(logEvidence(object, told.log, told.line));
  return [fieldEvidence(object, `${container.statusField}.restartCount`, restartCount ?? 0), ...evidence];
}

/** Seconds that the last run took, where its times are told. */
export function lastRunSeconds({ ended }: Crash): number | undefined {
  const began = Date.parse(ended?.startedAt ?? '');
  const finished = Date.parse(ended?.finishedAt ?? '');
  return Number.isNaN(began) || Number.isNaN(finished) ? undefined : (finished - began) / 1000;
}
