import { secondsSince } from './duration.ts';
import type { Container, ContainerStatus, ContainerTerminated, Pod } from './pod-types.ts';
import { startAllowance } from './probe.ts';
import type { Condition, IntOrString } from './types.ts';

/** `init` runs to its end before the others start; `sidecar` is an init container that keeps running. */
export type ContainerRole = 'init' | 'sidecar' | 'app';

/** A container's spec and status together. */
export interface PodContainer {
  readonly name: string;
  readonly role: ContainerRole;
  /** Empty where only a status was given. */
  readonly spec: Container;
  /** Absent before the kubelet has seen the Pod. */
  readonly status?: ContainerStatus;
  /** `spec.containers[app]` or `spec.initContainers[app]`. */
  readonly specField: string;
  /** `status.containerStatuses[app]` or `status.initContainerStatuses[app]`. */
  readonly statusField: string;
}

/** Every container of the Pod, in the order in which they start: init containers and sidecars first. */
export function podContainers(pod: Pod): readonly PodContainer[] {
  return [
    ...joinContainers(pod.spec?.initContainers, pod.status?.initContainerStatuses, 'init'),
    ...joinContainers(pod.spec?.containers, pod.status?.containerStatuses, 'app'),
  ];
}

function joinContainers(
  specs: readonly Container[] = [],
  statuses: readonly ContainerStatus[] = [],
  list: 'init' | 'app',
): readonly PodContainer[] {
  const known = new Set(specs.map(({ name }) => name));
  const onlyStatus = statuses.filter(({ name }) => !known.has(name)).map(({ name = '' }) => ({ name }));
  return [...specs, ...onlyStatus].map((spec: Container) => {
    const name = spec.name ?? '';
    const status = statuses.find((candidate) => candidate.name === name);
    return {
      name,
      role: list === 'app' ? 'app' : spec.restartPolicy === 'Always' ? 'sidecar' : 'init',
      spec,
      ...(status !== undefined && { status }),
      specField: `spec.${list === 'app' ? 'containers' : 'initContainers'}[${name}]`,
      statusField: `status.${list === 'app' ? 'containerStatuses' : 'initContainerStatuses'}[${name}]`,
    };
  });
}

/** The condition of that type, if it is set. */
export function findCondition(
  conditions: readonly Condition[] | undefined,
  type: string,
): Condition | undefined {
  return conditions?.find((condition) => condition.type === type);
}

/** Whether the Pod is Ready. Without that condition (a reduced file): whether it runs and all its containers are ready. */
export function isPodReady(pod: Pod): boolean {
  const condition = findCondition(pod.status?.conditions, 'Ready');
  if (condition !== undefined) return condition.status === 'True';
  const statuses = pod.status?.containerStatuses ?? [];
  return (
    pod.status?.phase === 'Running' && statuses.length > 0 && statuses.every(({ ready }) => ready === true)
  );
}

/** Whether the Pod is being deleted. */
export function isPodTerminating(pod: Pod): boolean {
  return pod.metadata?.deletionTimestamp !== undefined;
}

/** Whether the Pod ended, well (`Succeeded`) or not (`Failed`); it never runs again. */
export function isPodFinished(pod: Pod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}

/** Whether the Pod is there to stay: neither ended nor being deleted. */
export function isPodLive(pod: Pod): boolean {
  return !isPodFinished(pod) && !isPodTerminating(pod);
}

/** Reasons of a waiting container that are part of every start. */
const START_REASONS: readonly (string | undefined)[] = ['ContainerCreating', 'PodInitializing', undefined];

/** Seconds that scheduling, image pulls and init containers may take before that is a fault. */
const CREATION_ALLOWANCE = 120;

/**
 * Whether the Pod is not ready only because it is young: it is being scheduled or created, or runs for less
 * than its probes allow, and nothing has failed yet.
 */
export function isPodStarting(pod: Pod, now: Date): boolean {
  if (isPodReady(pod) || isPodTerminating(pod) || isPodFinished(pod)) return false;
  const containers = podContainers(pod);
  if (containers.some(({ status }) => status !== undefined && hasFailed(status))) return false;

  const running = containers.filter(({ role, status }) => role === 'app' && status?.state?.running);
  if (running.length === 0) {
    return (secondsSince(pod.metadata?.creationTimestamp, now) ?? 0) <= CREATION_ALLOWANCE;
  }
  return running
    .filter(({ status }) => status?.ready !== true)
    .every((container) => isWithinStartAllowance(container, now));
}

/** Whether a running container is still within the time that its startup and readiness probes allow. */
export function isWithinStartAllowance({ spec, status }: PodContainer, now: Date): boolean {
  const age = secondsSince(status?.state?.running?.startedAt, now);
  return age !== undefined && age <= startAllowance(spec);
}

function hasFailed({ state, lastState, restartCount = 0 }: ContainerStatus): boolean {
  const waiting = state?.waiting;
  if (waiting !== undefined && !START_REASONS.includes(waiting.reason)) return true;
  const ended = state?.terminated ?? lastState?.terminated;
  return restartCount > 0 || (ended?.exitCode ?? 0) !== 0;
}

/** The container's last end: of its present state, or of the run before it. */
export function lastTermination(status: ContainerStatus | undefined): ContainerTerminated | undefined {
  return status?.state?.terminated ?? status?.lastState?.terminated;
}

/** The container that serves a targetPort: the one that declares it, else the first app container. */
export function servingContainer(pod: Pod, targetPort: IntOrString | undefined): PodContainer | undefined {
  const containers = podContainers(pod);
  const declares = ({ spec }: PodContainer) =>
    spec.ports?.some(({ name, containerPort }) => targetPort === name || targetPort === containerPort) ===
    true;
  const declaring = targetPort === undefined ? undefined : containers.find(declares);
  return declaring ?? containers.find(({ role }) => role === 'app');
}

/** Every IP address of the Pod. */
export function podAddresses(pod: Pod): readonly string[] {
  const { podIP, podIPs = [] } = pod.status ?? {};
  return [...new Set([podIP, ...podIPs.map(({ ip }) => ip)])].filter((ip) => ip !== undefined);
}

/**
 * One word for the Pod's state, as kubectl's STATUS column has it: `Running`, `CrashLoopBackOff`, `Init:0/1`,
 * `Init:Error`, `Terminating`, `Evicted`.
 */
export function podStateWord(pod: Pod): string {
  if (isPodTerminating(pod)) return 'Terminating';
  const containers = podContainers(pod);
  const inits = containers.filter(({ role }) => role === 'init');
  const current = inits.find(({ status }) => status?.state?.terminated?.exitCode !== 0);
  const hasBegun = containers.some(({ role, status }) => role === 'app' && status?.state?.running);
  if (current?.status !== undefined && !hasBegun && !isPodFinished(pod)) {
    const word = containerStateWord(current.status);
    return `Init:${word ?? `${inits.indexOf(current)}/${inits.length}`}`;
  }
  const words = containers
    .filter(({ role }) => role !== 'init')
    .map(({ status }) => containerStateWord(status));
  return words.find((word) => word !== undefined) ?? pod.status?.reason ?? pod.status?.phase ?? 'Unknown';
}

/** Why a container is not running, in one word; undefined for one that runs or is about to. */
function containerStateWord(status: ContainerStatus | undefined): string | undefined {
  const { waiting, terminated } = status?.state ?? {};
  if (waiting !== undefined) return waiting.reason === 'PodInitializing' ? undefined : waiting.reason;
  if (terminated === undefined) return undefined;
  return terminated.reason ?? `ExitCode:${terminated.exitCode ?? ''}`;
}

/** What made the Pod, such as `ReplicaSet web-6b7f`; undefined for a Pod on its own. */
export function makerOf({ metadata }: Pod): string | undefined {
  const maker = metadata?.ownerReferences?.find(({ controller }) => controller === true);
  return maker && `${maker.kind ?? ''} ${maker.name ?? ''}`;
}
