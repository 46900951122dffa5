import { podAddresses } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { LogPattern } from '../../model/log-event.ts';
import type { BackendTrace, ContainerLog, IngressTrace } from '../../model/trace.ts';
import { eventsOf, isNamed, type SeenEvent, upstream } from './log-events.ts';

/** One try of the controller to get a request answered by a Pod, as its log tells. */
export interface UpstreamAttempt {
  readonly outcome: 'refused' | 'answered';
  /** The HTTP status that came from the Pod itself. */
  readonly status?: number;
  readonly event: SeenEvent;
}

/** What became of requests that the controller sent to the Pod's port, in the order of one log. */
export function attemptsOn(
  trace: IngressTrace,
  log: ContainerLog,
  now: Date,
  pod: Pod,
  port: number,
): readonly UpstreamAttempt[] {
  const upstreams = podAddresses(pod).map((address) => upstream(address, port));
  return eventsOf(trace, [log], now).flatMap((event) => attemptOf(event, upstreams) ?? []);
}

function attemptOf(event: SeenEvent, upstreams: readonly string[]): UpstreamAttempt | undefined {
  const own = (event.tries ?? []).findLast(({ address }) => upstreams.includes(address));
  if (own === undefined) return undefined;
  if (event.pattern === 'connection-refused') return { outcome: 'refused', event };
  const { status, bytes } = own;
  // nginx logs its own failed tries as 502 or 504 without a body.
  const isOwnStatus = status !== undefined && !(status >= 502 && bytes === 0);
  return event.pattern === 'request' && isOwnStatus ? { outcome: 'answered', status, event } : undefined;
}

/**
 * What became of requests to the backend where the log names it but none of its addresses, as HAProxy's does: they went
 * to whichever Pod, and to another one where the first refused.
 */
export function attemptsOnBackend(
  trace: IngressTrace,
  log: ContainerLog,
  now: Date,
  backend: BackendTrace,
): readonly UpstreamAttempt[] {
  return eventsOf(trace, [log], now).flatMap((event): readonly UpstreamAttempt[] => {
    const { pattern, status, tries } = event;
    if (tries !== undefined || event.backend === undefined || !isNamed(event.backend, backend)) return [];
    if (pattern === 'connection-refused') return [{ outcome: 'refused', event }];
    const isAnswer = pattern === 'request' && status !== undefined;
    return isAnswer ? [{ outcome: 'answered', status, event }] : [];
  });
}

/** The newest line of the controller's logs that says one of the things about the Pod's port. */
export function lastEventOn(
  events: readonly SeenEvent[],
  pod: Pod,
  port: number,
  ...patterns: readonly LogPattern[]
): SeenEvent | undefined {
  return lastEventAt(events, podAddresses(pod), port, ...patterns);
}

/** As {@link lastEventOn}, for addresses that no Pod need have. */
export function lastEventAt(
  events: readonly SeenEvent[],
  addresses: readonly string[],
  port: number,
  ...patterns: readonly LogPattern[]
): SeenEvent | undefined {
  const upstreams = addresses.map((address) => upstream(address, port));
  return events.findLast(
    ({ pattern, tries = [] }) =>
      patterns.includes(pattern) && tries.some(({ address }) => upstreams.includes(address)),
  );
}
