import type { EndpointSlice, KubeObject } from '../../kubernetes/types.ts';
import type { BackendTrace, ContainerLog, IngressTrace } from '../../model/trace.ts';
import { concernsBackend, eventsOf, eventsSince, type SeenEvent, upstreamsOf } from './log-events.ts';

/** What an address of a backend itself answered to a request, as the controller's access log tells. */
interface BackendAnswer {
  readonly status: number;
  /** The requested path without the query. */
  readonly path: string;
  readonly event: SeenEvent;
}

interface AnswerFacts {
  readonly now: Date;
  readonly trace: IngressTrace;
  readonly backend: BackendTrace;
  readonly slices: readonly EndpointSlice[];
  readonly logs: readonly ContainerLog[];
  /** Answers from before their last change tell nothing. */
  readonly since: readonly KubeObject[];
}

/** The answers of the backend's addresses; those that the controller gave by itself are left out. */
export function backendAnswers({
  now,
  trace,
  backend,
  slices,
  logs,
  since,
}: AnswerFacts): readonly BackendAnswer[] {
  const upstreams = upstreamsOf(backend, slices);
  return eventsSince(eventsOf(trace, logs, now), ...since).flatMap((event) => {
    if (!event.isRequest || event.path === undefined || !concernsBackend(event, trace, backend, upstreams))
      return [];
    const status = event.tries?.at(-1)?.status;
    return status === undefined ? [] : [{ status, path: event.path, event }];
  });
}
