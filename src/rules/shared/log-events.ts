import { readLog } from '../../controllers/logs/read-log.ts';
import { compareHosts, hostMatches } from '../../kubernetes/hosts.ts';
import { lastChange } from '../../kubernetes/last-change.ts';
import { targetPortOf } from '../../kubernetes/ports.ts';
import type { EndpointSlice, KubeObject } from '../../kubernetes/types.ts';
import type { Evidence } from '../../model/finding.ts';
import type { LogEvent } from '../../model/log-event.ts';
import { valueOr } from '../../model/read.ts';
import { type ObjectReference, reference } from '../../model/reference.ts';
import type { BackendTrace, ContainerLog, IngressTrace, RouteTrace } from '../../model/trace.ts';
import { logEvidence } from './evidence.ts';
import { type HostPaths, pathsOnHost, takerOf } from './path-taker.ts';
import { isSameIngress } from './same-class.ts';

/** What one line of the controller's log says, with the log that holds it. */
export interface SeenEvent extends LogEvent {
  readonly log: ContainerLog;
}

const READ = new WeakMap<ContainerLog, readonly SeenEvent[]>();

/** What the logs of the controller's present runs say, in the order of logs and lines. */
export function eventsOf(
  { controller }: IngressTrace,
  logs: readonly ContainerLog[] | undefined,
  now: Date,
): readonly SeenEvent[] {
  return (logs ?? []).flatMap((log) => {
    if (log.previous) return [];
    const known = READ.get(log);
    if (known !== undefined) return known;
    const events = readLog(controller.profile.product, log.text, now).map((event) => ({ ...event, log }));
    READ.set(log, events);
    return events;
  });
}

/** A line with the log that holds it. */
export interface SeenLine {
  readonly log: ContainerLog;
  readonly line: string;
}

/** Of each log the last line that fits, of those logs that have one. */
export function lastLines(
  logs: readonly ContainerLog[] | undefined,
  fits: (line: string) => boolean,
): readonly SeenLine[] {
  return (logs ?? []).flatMap((log) => {
    const line = log.text.split('\n').findLast(fits);
    return line === undefined ? [] : [{ log, line }];
  });
}

/** The events that count for how things are now: not older than the last change of what they depend on. */
export function eventsSince(
  events: readonly SeenEvent[],
  ...objects: readonly (KubeObject | undefined)[]
): readonly SeenEvent[] {
  const changes = objects.flatMap((object) => (object === undefined ? [] : (lastChange(object) ?? [])));
  // Times in logs and objects are whole seconds.
  const since = Math.max(0, ...changes);
  return events.filter(({ time }) => time === undefined || time.getTime() >= since);
}

/** Addresses with ports, as logs write them, to which the controller sends a backend's requests. */
export function upstreamsOf(backend: BackendTrace, slices: readonly EndpointSlice[]): ReadonlySet<string> {
  const port = backend.port?.port;
  const target = port === undefined ? undefined : targetPortOf(port);
  return new Set(
    slices.flatMap(({ endpoints, ports }) => {
      const own = (ports ?? []).filter(({ name = '' }) => name === (port?.name ?? ''));
      const numbers = own.length > 0 ? own.map((each) => each.port) : [target];
      const addresses = (endpoints ?? []).flatMap((endpoint) => endpoint.addresses ?? []);
      return addresses.flatMap((address) => numbers.map((number) => upstream(address, Number(number))));
    }),
  );
}

/** `10.0.0.5:8080`, `[fd00::1]:8080`. */
export function upstream(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/**
 * Whether the line is about requests to the backend: by its name there, else by an address behind it, else (where the
 * request got no further than the proxy) by host and path.
 */
export function concernsBackend(
  event: LogEvent,
  trace: IngressTrace,
  backend: BackendTrace,
  upstreams: ReadonlySet<string>,
): boolean {
  if (event.backend !== undefined) return isNamed(event.backend, backend);
  const { tries = [] } = event;
  if (tries.length > 0) return tries.some(({ address }) => upstreams.has(address));
  return backend.routes.includes(takenRoute(event, trace));
}

/** Products put namespace, Service and a port into the name: as the Ingress writes it, the Service, or the Pod's. */
export function isNamed(
  name: string,
  { namespace, serviceName, portReference, port }: BackendTrace,
): boolean {
  const target = port === undefined ? undefined : targetPortOf(port.port);
  const ports = [portReference.number, portReference.name, port?.port.port, port?.port.name, target];
  const start = `${namespace}-${serviceName}-`;
  return ports.some((each) => each !== undefined && name === `${start}${each}`);
}

/** What is worked out of an Ingress's rules, once for all lines. */
interface Matches {
  /** By host and path. */
  readonly taken: Map<string, string>;
  readonly hosts: Map<string, HostPaths>;
}

const MATCHES = new WeakMap<IngressTrace, Matches>();

/** The id of the route that a request for the line's host and path takes; empty where it is another Ingress's. */
function takenRoute({ host, path }: LogEvent, trace: IngressTrace): string {
  if (host === undefined || path === undefined) return '';
  const matches = MATCHES.get(trace) ?? { taken: new Map(), hosts: new Map() };
  MATCHES.set(trace, matches);
  const request = `${host} ${path}`;
  const id = matches.taken.get(request) ?? findRoute(host, path, trace, matches)?.id ?? '';
  matches.taken.set(request, id);
  return id;
}

function findRoute(
  host: string,
  path: string,
  trace: IngressTrace,
  matches: Matches,
): RouteTrace | undefined {
  const { routes, ingress } = trace;
  // A full name in another Ingress goes before a wildcard here.
  const rules = [
    host,
    ...routes.map((route) => route.host.toLowerCase()).filter((rule) => hostMatches(rule, host)),
  ];
  const ruleHost = rules
    .toSorted(compareHosts)
    .find((rule) => hostPaths(rule, trace, matches).paths.length > 0);
  const taker = ruleHost === undefined ? undefined : takerOf(hostPaths(ruleHost, trace, matches), path);
  if (taker === undefined) return routes.find(({ field }) => field === 'spec.defaultBackend');
  return isSameIngress(taker.ingress, ingress)
    ? routes.find(({ field }) => field === taker.field)
    : undefined;
}

function hostPaths(host: string, trace: IngressTrace, { hosts }: Matches): HostPaths {
  const paths = hosts.get(host) ?? pathsOnHost(trace, valueOr(trace.allIngresses, [trace.ingress]), host);
  hosts.set(host, paths);
  return paths;
}

/** The line as evidence about the controller's Pod. */
export function eventLine({ log, line }: SeenEvent): Evidence {
  return logEvidence(podOf(log), log, line);
}

/** The controller's Pod that wrote the log. */
export function podOf({ namespace, pod }: ContainerLog): ObjectReference {
  return reference('Pod', namespace, pod);
}

/** Whether the line stands for a request that the proxy answered by itself, with one of these statuses. */
export function answeredByProxy(...statuses: readonly number[]): (event: LogEvent) => boolean {
  return ({ isRequest, status, tries }) =>
    isRequest && tries?.length === 0 && status !== undefined && statuses.includes(status);
}
