import { secondsSince, timeOf } from './duration.ts';
import { eventContainer, eventLastTime, eventsWithReason } from './events.ts';
import {
  isPodFinished,
  isPodReady,
  isPodTerminating,
  lastTermination,
  type PodContainer,
  podContainers,
} from './pod.ts';
import type { ContainerTerminated, Pod, Probe } from './pod-types.ts';
import { probeTimes } from './probe.ts';
import type { Event } from './types.ts';

/** Why a container does not stay up; each crash has one kind, the first that applies in this order. */
export type CrashKind =
  | 'out of memory'
  | 'liveness probe'
  | 'startup probe'
  | 'cannot start'
  | 'exits with 0'
  | 'killed'
  | 'stopped'
  | 'ended by a signal'
  | 'exits with an error';

/** A container that ends again and again, or that cannot be started at all. */
export interface Crash {
  readonly container: PodContainer;
  readonly kind: CrashKind;
  /** How its last run ended; absent where no run was ever begun. */
  readonly ended?: ContainerTerminated;
  /** The events that tell of the kind, newest first; empty where the status alone does. */
  readonly events: readonly Event[];
  /** Whether the Pod is Ready at present, between two crashes or since the last one. */
  readonly isReadyNow: boolean;
}

/** Seconds within which an end still says something about a container that runs again. */
const RECENT = 600;

/** Seconds after which a ready container that restarted once or twice is taken to have settled. */
const SETTLED = 120;

/** Reasons of a waiting container that could not be started. */
const START_FAILURES = ['RunContainerError', 'CreateContainerError', 'StartError', 'PostStartHookError'];

/** Exit codes with which a shell or the container runtime says that the command could not be run. */
const START_EXIT_CODES: readonly (number | undefined)[] = [126, 127, 128];

/**
 * Every container of the Pod that crashes, init containers included. Events only tell kinds apart:
 * that a container crashes is read from its status alone. Pods that are being deleted or that the kubelet ended have none.
 */
export function podCrashes(pod: Pod, events: readonly Event[], now: Date): readonly Crash[] {
  // A reason on the status itself (Evicted, Terminated ...) says that the kubelet ended the Pod, not a container.
  if (isPodTerminating(pod) || (isPodFinished(pod) && pod.status?.reason !== undefined)) return [];
  const isReadyNow = isPodReady(pod);
  return podContainers(pod).flatMap((container) => {
    if (!isCrashing(container, now)) return [];
    const about = events.filter((event) => (eventContainer(event) ?? container.name) === container.name);
    const ended = lastTermination(container.status);
    const { kind, told } = kindOf(container, ended, about);
    return [{ container, kind, events: told, isReadyNow, ...(ended !== undefined && { ended }) }];
  });
}

function isCrashing({ role, status }: PodContainer, now: Date): boolean {
  if (status === undefined) return false;
  const { state, lastState, ready, restartCount = 0 } = status;
  const waiting = state?.waiting?.reason;
  if (waiting === 'CrashLoopBackOff' || START_FAILURES.includes(waiting ?? '')) return true;
  // An init container that ended well has done its work.
  const isFault = (ended: ContainerTerminated) => role !== 'init' || ended.exitCode !== 0;
  if (state?.terminated !== undefined) return isFault(state.terminated);
  if (lastState?.terminated === undefined || !isFault(lastState.terminated)) return false;

  const age = secondsSince(lastState.terminated.finishedAt, now) ?? Number.POSITIVE_INFINITY;
  if (ready !== true) return restartCount > 0 && age <= RECENT;
  return restartCount > 1 && age <= (restartCount > 2 ? RECENT : SETTLED);
}

function kindOf(
  container: PodContainer,
  ended: ContainerTerminated | undefined,
  events: readonly Event[],
): { readonly kind: CrashKind; readonly told: readonly Event[] } {
  if (ended?.reason === 'OOMKilled') return { kind: 'out of memory', told: [] };
  const liveness = probeKills('liveness', container.spec.livenessProbe, ended, events);
  if (liveness.length > 0) return { kind: 'liveness probe', told: liveness };
  const startup = probeKills('startup', container.spec.startupProbe, ended, events);
  if (startup.length > 0) return { kind: 'startup probe', told: startup };
  if (couldNotStart(container, ended)) {
    return { kind: 'cannot start', told: eventsWithReason(events, 'Failed').slice(0, 1) };
  }
  if (ended?.exitCode === 0) return { kind: 'exits with 0', told: [] };
  if (ended?.exitCode === 137) return { kind: 'killed', told: [] };
  if (ended?.exitCode === 143)
    return { kind: 'stopped', told: eventsWithReason(events, 'Killing').slice(0, 1) };
  if (faultSignal(ended?.exitCode) !== undefined) return { kind: 'ended by a signal', told: [] };
  return { kind: 'exits with an error', told: eventsWithReason(events, 'BackOff').slice(0, 1) };
}

/** Signals that the kernel sends for what a program does, or that it sends itself, by number. */
const FAULT_SIGNALS: Readonly<Record<number, string>> = {
  4: 'an illegal instruction',
  5: 'a trap',
  6: 'an abort',
  7: 'a bus error',
  8: 'an arithmetic error',
  11: 'a segmentation fault',
};

/** Of an exit code above 128, the fault that ended the program, in words; undefined for any other code. */
export function faultSignal(exitCode: number | undefined): string | undefined {
  return exitCode === undefined ? undefined : FAULT_SIGNALS[exitCode - 128];
}

function couldNotStart({ status }: PodContainer, ended: ContainerTerminated | undefined): boolean {
  if (START_FAILURES.includes(status?.state?.waiting?.reason ?? '')) return true;
  if (['StartError', 'ContainerCannotRun'].includes(ended?.reason ?? '')) return true;
  return START_EXIT_CODES.includes(ended?.exitCode);
}

/**
 * The events that show that the kubelet ended the last run because of the probe. It says so when it kills
 * (`Killing`); where that event is gone, enough failures before an end by signal say the same.
 */
function probeKills(
  probeKind: 'liveness' | 'startup',
  probe: Probe | undefined,
  ended: ContainerTerminated | undefined,
  events: readonly Event[],
): readonly Event[] {
  const endedBySignal = ended === undefined || [137, 143].includes(ended.exitCode ?? -1);
  const runBegan = timeOf(ended?.startedAt);
  const isOfLastRun = (event: Event) => {
    const last = eventLastTime(event);
    return endedBySignal || runBegan === undefined || last === undefined || last >= runBegan;
  };
  const kills = eventsWithReason(events, 'Killing').filter(
    (event) => event.message?.includes(`failed ${probeKind} probe`) === true && isOfLastRun(event),
  );
  const failures = eventsWithReason(events, 'Unhealthy').filter(
    (event) => event.message?.toLowerCase().includes(`${probeKind} probe`) === true && isOfLastRun(event),
  );
  if (kills.length > 0) return [...kills, ...failures];
  if (!endedBySignal || probe === undefined) return [];
  const failed = failures.reduce(
    (sum, event) => sum + Math.max(event.count ?? 1, event.series?.count ?? 1),
    0,
  );
  return failed >= probeTimes(probe).failureThreshold ? failures : [];
}
