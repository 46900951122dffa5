import { eventContainer, eventCount, eventsWithReason } from './events.ts';
import { type AccessLine, accessLines, type Listener, logListeners } from './log-lines.ts';
import {
  isPodFinished,
  isPodTerminating,
  isWithinStartAllowance,
  type PodContainer,
  podContainers,
} from './pod.ts';
import type { Pod, Probe } from './pod-types.ts';
import { probePort } from './probe.ts';
import type { Event } from './types.ts';

/** In which way a readiness probe fails. */
export type ProbeFailure = 'answer' | 'refused' | 'timeout' | 'scheme';

/** A running container that its readiness probe keeps out of service. */
export interface Unready {
  readonly container: PodContainer;
  readonly probe: Probe;
}

/** The containers that run, have a readiness probe and are not ready, of a Pod that is neither ending nor ended. */
export function unreadyContainers(pod: Pod): readonly Unready[] {
  if (isPodTerminating(pod) || isPodFinished(pod)) return [];
  return podContainers(pod).flatMap((container) => {
    const { spec, status } = container;
    const isRunning = status?.state?.running !== undefined;
    if (!isRunning || status?.ready !== false || spec.readinessProbe === undefined) return [];
    return [{ container, probe: spec.readinessProbe }];
  });
}

/**
 * Whether a container that is not ready has had its chance: the time that its probes allow for a start is over, or
 * that many failures were counted. Until then it is starting.
 */
export function isOverdue(
  container: PodContainer,
  now: Date,
  event: Event | undefined,
  failures: number,
): boolean {
  return !isWithinStartAllowance(container, now) || (event !== undefined && eventCount(event) >= failures);
}

/** The newest event that tells how the container's readiness probe fails. */
export function readinessEvent(events: readonly Event[], container: PodContainer): Event | undefined {
  return eventsWithReason(events, 'Unhealthy').find(
    (event) =>
      /readiness probe (?:failed|errored)/i.test(event.message ?? '') &&
      (eventContainer(event) ?? container.name) === container.name,
  );
}

/**
 * The kind of failure in the kubelet's words about a probe. A plain HTTP probe that is answered 400 on a port
 * that is a TLS port by its name or number failed on the scheme.
 */
export function probeFailure(message: string, probe: Probe): ProbeFailure {
  if (
    /HTTP response to HTTPS client|first record does not look like a TLS|malformed HTTP (?:response|version|status)/i.test(
      message,
    )
  ) {
    return 'scheme';
  }
  const status = failedStatus(message);
  if (status === 400 && isLikelyTlsPort(probe)) return 'scheme';
  if (status !== undefined) return 'answer';
  if (/connection refused|connection reset|\bEOF\b|timeout: failed to connect service/i.test(message))
    return 'refused';
  if (/deadline exceeded|timeout|timed out|no route to host|host is (?:down|unreachable)/i.test(message))
    return 'timeout';
  return 'answer';
}

/** The HTTP status that a probe was answered with, in the kubelet's words. */
export function failedStatus(message: string): number | undefined {
  const status = /statuscode: (\d{3})/i.exec(message)?.[1];
  return status === undefined ? undefined : Number(status);
}

function isLikelyTlsPort({ httpGet }: Probe): boolean {
  if (httpGet === undefined || httpGet.scheme?.toUpperCase() === 'HTTPS') return false;
  return /https|tls|ssl|^\d*443$/i.test(String(httpGet.port ?? ''));
}

/** The newest answer to the probe's own request in the container's access log, if it is a failure. */
export function failedProbeAnswer(logText: string, probe: Probe): AccessLine | undefined {
  const path = probe.httpGet?.path ?? '/';
  if (probe.httpGet === undefined) return undefined;
  const newest = accessLines(logText).findLast(
    (line) => line.path === path || line.path.startsWith(`${path}?`),
  );
  return newest !== undefined && newest.status >= 400 ? newest : undefined;
}

/** A line of the container's log by which the probe's port takes no connection: it listens on loopback or elsewhere only. */
export function deafListener(logText: string, probe: Probe, container: PodContainer): Listener | undefined {
  const port = probePort(probe, container.spec);
  const listeners = logListeners(logText);
  if (port === undefined || listeners.some((listener) => listener.port === port && !listener.isLoopback)) {
    return undefined;
  }
  return listeners.findLast((listener) => listener.port === port) ?? listeners.at(-1);
}
