import { secondsSince } from '../../kubernetes/duration.ts';
import { eventCount, eventLastTime, eventsWithReason } from '../../kubernetes/events.ts';
import { isPodLive, podContainers } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { Event } from '../../kubernetes/types.ts';

/** Seconds in which a first failure may be a matter of start-up order on a new Node. */
const START = 30;
/** Seconds after which a failure that did not come again is over; the kubelet tries again every few seconds. */
const RECENT = 300;

/** The newest event about a Pod whose sandbox, and with it its network, still cannot be made. */
export function sandboxFailure(pod: Pod, events: readonly Event[], now: Date): Event | undefined {
  if (!isPodLive(pod) || !isWaitingForSandbox(pod)) return undefined;
  const [event] = eventsWithReason(events, 'FailedCreatePodSandBox', 'NetworkNotReady').filter((each) => {
    const last = eventLastTime(each);
    return last === undefined || now.getTime() - last.getTime() <= RECENT * 1000;
  });
  if (event === undefined) return undefined;
  const isYoung = (secondsSince(pod.metadata?.creationTimestamp, now) ?? START) < START;
  return isYoung && eventCount(event) < 3 ? undefined : event;
}

/** The sandbox comes before the first container. */
function isWaitingForSandbox(pod: Pod): boolean {
  if (pod.spec?.nodeName === undefined) return false;
  return podContainers(pod).every(({ status }) => {
    const reason = status?.state?.waiting?.reason;
    return status?.state === undefined || reason === 'ContainerCreating' || reason === 'PodInitializing';
  });
}
