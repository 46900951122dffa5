import { isPodFinished, isPodReady, lastTermination, podContainers } from '../kubernetes/pod.ts';
import type { Pod } from '../kubernetes/pod-types.ts';
import { found, type Read } from '../model/read.ts';
import type { ContainerLog } from '../model/trace.ts';
import type { Lookup } from './lookup.ts';

/** Pods in trouble whose logs are read of a group of Pods: more of them rarely say more. */
const MOST_TROUBLED = 3;

/** Lines from the end that are read of a container in trouble. */
const TROUBLED_LINES = 100;

/** How much is read of Pods that are ready: of how many, how many lines, and of how many seconds (absent for all). */
export interface HealthyLogs {
  readonly healthy: number;
  readonly lines: number;
  readonly sinceSeconds?: number;
}

/**
 * The ends of logs that matter: of containers in trouble the current run and the one before the last restart,
 * and of the first few ready Pods the last lines. A container without a log yet has an empty one.
 */
export function traceLogs(
  lookup: Lookup,
  pods: readonly Pod[],
  { healthy, lines, ...since }: HealthyLogs,
): Read<readonly ContainerLog[]> {
  const alive = pods.filter((pod) => pod.spec?.nodeName !== undefined || isPodFinished(pod));
  const ready = alive.filter(isPodReady).slice(0, healthy);
  const troubled = alive.filter((pod) => !isPodReady(pod)).slice(0, MOST_TROUBLED);
  const wanted = [
    ...troubled.flatMap((pod) =>
      troubledContainers(pod).map((log) => ({ log, bounds: { tailLines: TROUBLED_LINES } })),
    ),
    ...ready.flatMap((pod) =>
      servingContainers(pod).map((log) => ({ log, bounds: { tailLines: lines, ...since } })),
    ),
  ];
  // All are asked for before any answer is looked at, so that one round reads them all.
  const reads = wanted.map(({ log, bounds }) => ({ log, text: lookup.logs({ ...log, ...bounds }) }));
  const logs: ContainerLog[] = [];
  for (const { log, text } of reads) {
    if (text.ok) logs.push({ ...log, text: text.value });
    else if (text.failure.reason !== 'not-found') return text;
  }
  return found(logs);
}

type Wanted = Omit<ContainerLog, 'text'>;

/** Containers that do not run or are not ready, each with its previous run where there was one. */
function troubledContainers(pod: Pod): readonly Wanted[] {
  const { namespace = '', name = '' } = pod.metadata ?? {};
  const logs: Wanted[] = [];
  for (const { name: container, role, status } of podContainers(pod)) {
    const hasRun = status?.state?.running !== undefined || lastTermination(status) !== undefined;
    const isDone = role === 'init' && status?.state?.terminated?.exitCode === 0;
    if (!hasRun || isDone || (role !== 'init' && status?.ready === true)) continue;
    logs.push({ namespace, pod: name, container, previous: false });
    if ((status?.restartCount ?? 0) > 0 && status?.lastState?.terminated !== undefined) {
      logs.push({ namespace, pod: name, container, previous: true });
    }
  }
  return logs;
}

/** The container that takes the requests: the first that declares a port, since helpers beside a proxy declare none. */
function servingContainers(pod: Pod): readonly Wanted[] {
  const { namespace = '', name = '' } = pod.metadata ?? {};
  const containers = podContainers(pod).filter(({ role }) => role === 'app');
  const serving = containers.find(({ spec }) => (spec.ports ?? []).length > 0) ?? containers[0];
  return serving === undefined ? [] : [{ namespace, pod: name, container: serving.name, previous: false }];
}
