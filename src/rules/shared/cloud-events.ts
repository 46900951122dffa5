import { eventLastTime, eventsWithReason } from '../../kubernetes/events.ts';
import type { Event } from '../../kubernetes/types.ts';
import type { Symptom } from '../../model/symptom.ts';
import type { IngressTrace } from '../../model/trace.ts';

/** The newest event that tells how a controller's last attempt ended, where it ended in one of the failures. */
export function lastFailure(
  events: readonly Event[],
  failures: readonly string[],
  successes: readonly string[],
): Event | undefined {
  const [last] = eventsWithReason(events, ...failures, ...successes);
  return last !== undefined && failures.includes(last.reason ?? '') ? last : undefined;
}

/** Whether the event happened in the last `seconds`; one without a time is taken to have. */
export function happenedWithin(event: Event, now: Date, seconds: number): boolean {
  const time = eventLastTime(event);
  return time === undefined || now.getTime() - time.getTime() <= seconds * 1000;
}

/** Since when the controller has said so, as a report gives it. */
export function eventSince(event: Event): { readonly since?: string } {
  const since = event.firstTimestamp ?? event.eventTime ?? event.metadata?.creationTimestamp;
  return since === undefined ? {} : { since };
}

/** Whether the Ingress was given an address: a load balancer was made for it at some time. */
export function hasIngressAddress({ ingress }: IngressTrace): boolean {
  return (ingress.status?.loadBalancer?.ingress?.length ?? 0) > 0;
}

/**
 * What requests run into while a load balancer outside the cluster cannot be changed for the Ingress: its last
 * configuration, or nothing at all where none was ever made.
 */
export function frozenSymptom(trace: IngressTrace): Symptom {
  return hasIngressAddress(trace) ? 'stale-configuration' : 'no-address';
}

/** The same in words, to end a message. */
export function frozenWords(trace: IngressTrace): string {
  return hasIngressAddress(trace)
    ? 'the load balancer keeps its last configuration'
    : 'no load balancer is made';
}
