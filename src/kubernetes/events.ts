import { timeOf } from './duration.ts';
import type { Event } from './types.ts';

/** How often the event happened, whichever of the fields its reporter fills; at least 1. */
export function eventCount(event: Event): number {
  return Math.max(1, event.series?.count ?? 1, event.count ?? 1);
}

/** When it happened first; undefined where no time is given. */
export function eventFirstTime(event: Event): Date | undefined {
  return timeOf(event.firstTimestamp) ?? timeOf(event.eventTime) ?? timeOf(event.metadata?.creationTimestamp);
}

/** When it happened last; undefined where no time is given. */
export function eventLastTime(event: Event): Date | undefined {
  return (
    timeOf(event.series?.lastObservedTime) ??
    timeOf(event.lastTimestamp) ??
    timeOf(event.eventTime) ??
    timeOf(event.firstTimestamp) ??
    timeOf(event.metadata?.creationTimestamp)
  );
}

/** The events in a new array, the one that happened last first; those without a time come last. */
export function newestFirst(events: readonly Event[]): readonly Event[] {
  return events.toSorted((a, b) => (eventLastTime(b)?.getTime() ?? 0) - (eventLastTime(a)?.getTime() ?? 0));
}

/** The events with one of the reasons, newest first. */
export function eventsWithReason(events: readonly Event[], ...reasons: readonly string[]): readonly Event[] {
  return newestFirst(events.filter((event) => event.reason !== undefined && reasons.includes(event.reason)));
}

/** The newest event with one of the reasons. */
export function newestEvent(events: readonly Event[], ...reasons: readonly string[]): Event | undefined {
  return eventsWithReason(events, ...reasons)[0];
}

/** The event's reason with its count as evidence shows it: `Event Unhealthy ×36`, `Event BackOff`. */
export function showEvent(event: Event): string {
  const count = eventCount(event);
  const reason = event.reason ?? 'without a reason';
  return count > 1 ? `Event ${reason} ×${count}` : `Event ${reason}`;
}

/** The container that the event is about: `app` of the field path `spec.containers{app}`. */
export function eventContainer(event: Event): string | undefined {
  return /^spec\.(?:initContainers|containers|ephemeralContainers)\{(.+)\}$/.exec(
    event.involvedObject?.fieldPath ?? '',
  )?.[1];
}
