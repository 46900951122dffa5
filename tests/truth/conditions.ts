import { isPodReady } from '../../src/kubernetes/pod.ts';
import type { Pod } from '../../src/kubernetes/pod-types.ts';
import type { Event } from '../../src/kubernetes/types.ts';
import type { Workload } from '../../src/kubernetes/workload-types.ts';
import type { Bed } from './case.ts';

/** Whether something is so by now; asked again and again. */
export type Condition = (bed: Bed) => Promise<boolean>;

/** All Pods with the label `app=NAME` are ready, and there are so many. */
export function ready(app: string, count = 1): Condition {
  return async (bed) => {
    const pods = await podsOf(bed, app);
    return pods.length === count && pods.every(isPodReady);
  };
}

/** At least so many Pods with the label `app=NAME` are ready; others may be in trouble. */
export function someReady(app: string, count: number): Condition {
  return async (bed) => (await podsOf(bed, app)).filter(isPodReady).length >= count;
}

/** A container of a Pod of the app waits for this reason and was restarted at least so often. */
export function waiting(app: string, reason: RegExp, restarts = 0): Condition {
  return async (bed) =>
    (await podsOf(bed, app)).some(({ status }) =>
      [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].some(
        ({ state, restartCount = 0 }) =>
          restartCount >= restarts && reason.test(state?.waiting?.reason ?? ''),
      ),
    );
}

/** Each container of the app's Pods runs, and no Pod is ready. */
export function running(app: string, count = 1): Condition {
  return async (bed) => {
    const pods = await podsOf(bed, app);
    return (
      pods.length === count &&
      pods.every(({ status }) => status?.containerStatuses?.every(({ state }) => state?.running) ?? false)
    );
  };
}

/** There is an event with this reason and text in the namespace, seen at least so often. */
export function event(reason: string, text = /(?:)/, times = 1): Condition {
  return async (bed) => {
    const events: readonly Event[] = await bed.list('v1/events');
    const fitting = events.filter((each) => each.reason === reason && text.test(each.message ?? ''));
    return fitting.reduce((sum, { count = 1 }) => sum + count, 0) >= times;
  };
}

/** The app has no Pods. */
export function absent(app: string): Condition {
  return async (bed) => (await podsOf(bed, app)).length === 0;
}

/** A Deployment has a condition of this type and reason. */
export function deployment(name: string, type: string, reason: RegExp): Condition {
  return async (bed) => {
    const deployments: readonly Workload[] = await bed.list('apps/v1/deployments');
    return deployments.some(
      ({ metadata, status }) =>
        metadata?.name === name &&
        (status?.conditions ?? []).some((each) => each.type === type && reason.test(each.reason ?? '')),
    );
  };
}

/** A Pod of the app is being deleted. */
export function terminating(app: string): Condition {
  return async (bed) =>
    (await podsOf(bed, app)).some(({ metadata }) => metadata?.deletionTimestamp !== undefined);
}

/** The app's containers have been restarted so often together, and are ready again. */
export function restarted(app: string, times: number): Condition {
  return async (bed) => {
    const pods = await podsOf(bed, app);
    const restarts = pods.flatMap(({ status }) =>
      (status?.containerStatuses ?? []).map(({ restartCount = 0 }) => restartCount),
    );
    return restarts.reduce((sum, count) => sum + count, 0) >= times && pods.every(isPodReady);
  };
}

/** All of them. */
export function all(...conditions: readonly Condition[]): Condition {
  return async (bed) => {
    for (const condition of conditions) if (!(await condition(bed))) return false;
    return true;
  };
}

/** Seconds after it was first asked for. */
export function after(seconds: number): Condition {
  let start: number | undefined;
  return async () => {
    start ??= Date.now();
    return Date.now() - start >= seconds * 1000;
  };
}

/** Nothing to wait for. */
export const atOnce: Condition = async () => true;

async function podsOf(bed: Bed, app: string): Promise<readonly Pod[]> {
  const pods: readonly Pod[] = await bed.list('v1/pods');
  return pods.filter(({ metadata }) => metadata?.labels?.['app'] === app);
}
