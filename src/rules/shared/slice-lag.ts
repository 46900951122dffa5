import { timeOf } from '../../kubernetes/duration.ts';
import { endpointsOf, type ServiceEndpoint } from '../../kubernetes/endpoints.ts';
import { eventLastTime, eventsWithReason } from '../../kubernetes/events.ts';
import { lastChange } from '../../kubernetes/last-change.ts';
import { findCondition, isPodFinished, podAddresses, podContainers } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { EndpointSlice, Event, KubeObject, Service } from '../../kubernetes/types.ts';
import type { PodTrace } from '../../model/trace.ts';
import { readyPods } from './service-pods.ts';

/** Milliseconds that the control plane may take to bring a slice up to date. */
const ALLOWANCE = 15_000;

/** What tells for how long a Service's slices are behind its Pods. */
interface LagFacts {
  /** Before anything was read: what is older than this is older than every read. */
  readonly now: Date;
  readonly service: Service;
  readonly slices: readonly EndpointSlice[];
  readonly pods: readonly PodTrace[];
  readonly events: readonly Event[];
}

/**
 * Whether it is shown that a slice lists an address for longer than a change takes to arrive. Slices and Pods are
 * read one after the other, so a Pod that went in between looks just like one that a slice kept.
 */
export function isLagProven(facts: LagFacts, slice: EndpointSlice, endpoint: ServiceEndpoint): boolean {
  // A slice that was written lately is kept up to date; a Service that was changed lately may select other Pods.
  if ([slice, facts.service].some((object) => changedLately(object, facts.now))) return false;
  const since = goneSince(facts, endpoint);
  return (since !== undefined && isOld(since, facts.now)) || hasUnlistedPod(facts);
}

function isOld(time: number, now: Date): boolean {
  return now.getTime() - time >= ALLOWANCE;
}

function changedLately(object: KubeObject, now: Date): boolean {
  const time = lastChange(object);
  return time !== undefined && !isOld(time, now);
}

/** Since when, at the latest, the endpoint's Pod has not had the address; undefined where nothing tells. */
function goneSince({ pods, events }: LagFacts, { address, targetRef }: ServiceEndpoint): number | undefined {
  const pod = pods.find(({ reference }) => reference.name === targetRef?.name)?.pod;
  if (pod === undefined) return stoppedAt(events, targetRef);
  if (isPodFinished(pod)) return endedAt(pod);
  return podAddresses(pod).includes(address) ? undefined : startedAt(pod);
}

/** When the kubelet stopped the containers of a Pod that is gone; a restart is told in other words. */
function stoppedAt(events: readonly Event[], targetRef: ServiceEndpoint['targetRef']): number | undefined {
  const [newest] = eventsWithReason(events, 'Killing').filter(({ involvedObject, message = '' }) => {
    const { kind, name, uid } = involvedObject ?? {};
    // A StatefulSet's Pods have the same name again and again.
    const isSame = uid === undefined || targetRef?.uid === undefined || uid === targetRef.uid;
    return kind === 'Pod' && name === targetRef?.name && isSame && message.startsWith('Stopping container');
  });
  return newest === undefined ? undefined : eventLastTime(newest)?.getTime();
}

function endedAt(pod: Pod): number | undefined {
  const ends = podContainers(pod).map(({ status }) => status?.state?.terminated?.finishedAt);
  return newestOf([...ends, readySince(pod)]);
}

/** A Pod's address stays until its containers are made anew. */
function startedAt(pod: Pod): number | undefined {
  const starts = podContainers(pod).map(({ status }) => timeOf(status?.state?.running?.startedAt)?.getTime());
  const known = starts.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** Whether a Pod of the Service has been ready for long and stands in none of its slices. */
function hasUnlistedPod({ now, slices, pods }: LagFacts): boolean {
  const listed = new Set(endpointsOf(slices).map(({ targetRef }) => targetRef?.name));
  return readyPods(pods).some(({ pod, reference }) => {
    const since = newestOf([readySince(pod)]);
    if (listed.has(reference.name) || since === undefined) return false;
    // Its labels may have come to match just now.
    return isOld(since, now) && !changedLately(pod, now);
  });
}

/** When its readiness last changed. */
function readySince(pod: Pod): string | undefined {
  return findCondition(pod.status?.conditions, 'Ready')?.lastTransitionTime;
}

function newestOf(texts: readonly (string | undefined)[]): number | undefined {
  const times = texts.flatMap((text) => timeOf(text)?.getTime() ?? []);
  return times.length === 0 ? undefined : Math.max(...times);
}
