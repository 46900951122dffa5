import { showDuration } from '../../kubernetes/duration.ts';
import { findCondition, podAddresses } from '../../kubernetes/pod.ts';
import type { EndpointSlice, Service } from '../../kubernetes/types.ts';
import type { Evidence, Report } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import type { BackendTrace, ContainerLog, IngressTrace } from '../../model/trace.ts';
import {
  concernsBackend,
  eventLine,
  eventsOf,
  eventsSince,
  podOf,
  type SeenEvent,
  upstreamsOf,
} from './log-events.ts';

/** What a rule knows that judges a backend by the controller's log. */
export interface LogFacts {
  readonly now: Date;
  readonly logSeconds: number;
  readonly trace: IngressTrace;
  readonly backend: BackendTrace;
  readonly service: Service;
  readonly slices: readonly EndpointSlice[] | undefined;
  readonly controllerLogs: readonly ContainerLog[] | undefined;
}

interface KnownEvents extends Pick<LogFacts, 'slices' | 'controllerLogs'> {
  readonly events: readonly SeenEvent[];
}

/** Many rules ask for the same. */
const KNOWN = new WeakMap<BackendTrace, KnownEvents>();

/** The lines about requests to a backend that count for how things are now. */
export function backendEvents(facts: LogFacts): readonly SeenEvent[] {
  const { backend, slices, controllerLogs } = facts;
  const known = KNOWN.get(backend);
  if (known !== undefined && known.slices === slices && known.controllerLogs === controllerLogs) {
    return known.events;
  }
  const events = findBackendEvents(facts);
  KNOWN.set(backend, { slices, controllerLogs, events });
  return events;
}

function findBackendEvents({
  now,
  trace,
  backend,
  service,
  slices = [],
  controllerLogs,
}: LogFacts): readonly SeenEvent[] {
  const upstreams = upstreamsOf(backend, slices);
  const config =
    trace.controller.serving === undefined ? undefined : valueOr(trace.controller.serving.config, undefined);
  const events = eventsOf(trace, controllerLogs, now).filter((event) =>
    concernsBackend(event, trace, backend, upstreams),
  );
  return eventsSince(events, trace.ingress, service, config).filter((event) =>
    isOfPresentRun(event, backend),
  );
}

/** A Pod keeps its address when its container is started again: what was before it became ready is over. */
function isOfPresentRun({ tries = [], time }: SeenEvent, { pods }: BackendTrace): boolean {
  const address = tries
    .at(-1)
    ?.address.replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1');
  const pod = valueOr(pods, []).find((each) => podAddresses(each.pod).includes(address ?? ''))?.pod;
  const readySince = findCondition(pod?.status?.conditions, 'Ready')?.lastTransitionTime;
  return time === undefined || readySince === undefined || time >= new Date(readySince);
}

/** Lines that say how requests fail, with the requests that did. */
export interface Failures {
  readonly lines: readonly [SeenEvent, ...SeenEvent[]];
  readonly evidence: readonly [Evidence, ...Evidence[]];
  /** How the report weighs them: every request fails, some do, or so few that it decides nothing. */
  readonly weight: Pick<Report, 'partial' | 'severity' | 'confidence'>;
}

/** How the lines of a log tell a failure. */
export interface FailureSigns {
  /** The line says that this is what went wrong. */
  readonly tells: (event: SeenEvent) => boolean;
  /** The client saw it fail, by the line of the whole request: a line about one try does not tell of the next one. */
  readonly failed: (event: SeenEvent) => boolean;
  /** Only requests of a kind run into it: others that succeed say nothing, and few that fail nothing of the others. */
  readonly isSelective?: boolean;
}

/** From this share of failing requests on, nothing else is to be expected. */
const WHOLE = 0.8;
/** Up to this share of many requests, failures are a remark. */
const RARE = 0.05;
/** As many requests say something about a rate, and as many in a row that succeed say that it is over. */
const MANY = 20;

/** How the events of a backend fail; undefined where no line tells of it. */
export function failuresIn(
  events: readonly SeenEvent[],
  { tells, failed, isSelective = false }: FailureSigns,
  logSeconds: number,
): Failures | undefined {
  const [first, ...more] = events.filter(tells);
  if (first === undefined) return undefined;
  const requests = events.filter(({ isRequest }) => isRequest);
  const failing = requests.filter((event) => tells(event) || failed(event));
  const rate = requests.length === 0 ? undefined : failing.length / requests.length;
  const isRare = rate !== undefined && requests.length >= MANY && rate < RARE;
  const isWhole = rate !== undefined && rate >= WHOLE && (!isSelective || requests.length >= MANY);
  const newest = more.at(-1) ?? first;
  return {
    lines: [first, ...more],
    evidence: [eventLine(newest), ...countEvidence(newest, 1 + more.length, requests, logSeconds)],
    weight:
      isRare || (!isSelective && isOver([first, ...more, ...failing], requests))
        ? // True of some request, and hardly what somebody is looking for.
          { partial: true, severity: 'low', confidence: 'suspect' }
        : { partial: !isWhole },
  };
}

/** Whether many requests in a row have succeeded since the last one that failed. */
function isOver(failures: readonly SeenEvent[], requests: readonly SeenEvent[]): boolean {
  const last = Math.max(...failures.map(({ time }) => time?.getTime() ?? Number.POSITIVE_INFINITY));
  return requests.filter(({ time }) => time !== undefined && time.getTime() > last).length >= MANY;
}

function countEvidence(
  { log }: SeenEvent,
  lines: number,
  requests: readonly SeenEvent[],
  logSeconds: number,
): readonly Evidence[] {
  const object = podOf(log);
  const period = `in the log of the last ${showDuration(logSeconds)}`;
  if (requests.length > 0) return [{ object, source: `requests ${period}`, value: countsOf(requests) }];
  return lines === 1 ? [] : [{ object, source: `such lines ${period}`, value: `${lines}` }];
}

/** `504 ×12 (10.0.0.5:8080 ×12), 200 ×3 (...)`: by status and by the address that was tried last, most first. */
function countsOf(requests: readonly SeenEvent[]): string {
  const answered = requests.filter(({ status }) => status !== undefined);
  return mostFirst(answered, ({ status }) => status)
    .slice(0, 4)
    .map(([status, same]) => {
      const upstreams = mostFirst(same, ({ tries }) => tries?.at(-1)?.address)
        .filter(([address]) => address !== undefined)
        .slice(0, 3)
        .map(([address, those]) => `${address} ×${those.length}`);
      return `${status} ×${same.length}${upstreams.length === 0 ? '' : ` (${upstreams.join(', ')})`}`;
    })
    .join(', ');
}

function mostFirst<K>(
  events: readonly SeenEvent[],
  key: (event: SeenEvent) => K,
): readonly (readonly [K, readonly SeenEvent[]])[] {
  return [...Map.groupBy(events, key)].toSorted(([, a], [, b]) => b.length - a.length);
}
