import { valueOr } from '../../model/read.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { concernsBackend, type SeenEvent, upstreamsOf } from './log-events.ts';

/** The requests among the events that were for a backend of the Ingress, whoever answered them. */
export function requestsOf(trace: IngressTrace, events: readonly SeenEvent[]): readonly SeenEvent[] {
  const backends = trace.backends.map((backend) => ({
    backend,
    upstreams: upstreamsOf(backend, valueOr(backend.slices, [])),
  }));
  return events.filter(
    (event) =>
      event.isRequest &&
      backends.some(({ backend, upstreams }) => concernsBackend(event, trace, backend, upstreams)),
  );
}

/** Those of the requests that the controller let through to a Pod. */
export function admittedOf(trace: IngressTrace, events: readonly SeenEvent[]): readonly SeenEvent[] {
  return requestsOf(trace, events).filter(({ tries = [] }) => tries.length > 0);
}
