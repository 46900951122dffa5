import type { ControllerProfile, PortReference } from '../controllers/profile.ts';
import { endpointsOf } from '../kubernetes/endpoints.ts';
import { matchesLabels } from '../kubernetes/selector.ts';
import type { EndpointSlice, Pod, Service } from '../kubernetes/types.ts';
import { found, mapRead, type Read, valueOr } from '../model/read.ts';
import type { BackendTrace, NamespaceTrace, RouteTrace } from '../model/trace.ts';
import { type Lookup, selectorText } from './lookup.ts';
import { deepenNamespace, traceNamespace } from './namespace.ts';
import { named, tracePods } from './pods.ts';
import { traceWorkloads } from './workloads.ts';

/** More distinct selectors than this, and one list of the whole namespace costs less than one list for each. */
const MOST_SELECTORS = 4;

/** The distinct Service + port pairs of the routes, each followed to its Pods. */
export function traceBackends(
  lookup: Lookup,
  namespace: string,
  profile: ControllerProfile,
  routes: readonly RouteTrace[],
): readonly BackendTrace[] {
  const scope = traceNamespace(lookup, namespace);
  const groups = new Map<string, RouteTrace[]>();
  for (const route of routes) {
    if (route.backendKey === undefined) continue;
    groups.set(route.backendKey, [...(groups.get(route.backendKey) ?? []), route]);
  }
  const names = [...groups.values()].map(([route]) => route?.backend?.service?.name ?? '');
  const slices = slicesOf(lookup, namespace, names);
  const selected = podsOfServices(lookup, scope, names);

  return [...groups].map(([key, [first, ...others]]) => {
    const serviceName = first?.backend?.service?.name ?? '';
    const service = mapRead(scope.services, (services) => named(services, serviceName));
    const portReference = first?.backend?.service?.port ?? {};
    return traceBackend(lookup, profile, {
      key,
      namespace,
      serviceName,
      portReference,
      routes: [first, ...others].flatMap((route) => (route === undefined ? [] : [route.id])),
      service,
      slices: mapRead(slices, (list) => list.filter((slice) => serviceOf(slice) === serviceName)),
      pods: selected(serviceName),
      scope,
    });
  });
}

interface Beginning {
  readonly key: string;
  readonly namespace: string;
  readonly serviceName: string;
  readonly portReference: PortReference;
  readonly routes: readonly string[];
  readonly service: Read<Service | undefined>;
  readonly slices: Read<readonly EndpointSlice[]>;
  readonly pods: Read<readonly Pod[]>;
  readonly scope: NamespaceTrace;
}

function traceBackend(lookup: Lookup, profile: ControllerProfile, beginning: Beginning): BackendTrace {
  const { namespace, serviceName, portReference, service, slices, pods } = beginning;
  const isMissing = service.ok && service.value === undefined;
  const port =
    service.ok && service.value !== undefined ? profile.findPort(service.value, portReference) : undefined;
  const endpoints = mapRead(slices, (list) => endpointsOf(list));
  const isShort =
    (endpoints.ok && !endpoints.value.some(profile.usesEndpoint)) ||
    (pods.ok && pods.value.length > 0 && endpoints.ok && !endpoints.value.every(profile.usesEndpoint));
  const isEmpty = pods.ok && pods.value.length === 0;

  let { scope } = beginning;
  if (isShort && !isMissing) scope = deepenNamespace(lookup, scope);
  if (isEmpty && !isMissing) scope = { ...scope, pods: lookup.list('Pod', { namespace }) };

  return {
    ...beginning,
    ...(port !== undefined && { port }),
    namesakes: isMissing
      ? lookup.list('Service', { fieldSelector: `metadata.name=${serviceName}` })
      : found([]),
    pods: mapRead(pods, (list) => tracePods(lookup, scope, list)),
    workloads: traceWorkloads(lookup, scope, service, pods, isShort),
    scope,
  };
}

/** One list for the slices of all the Services. */
function slicesOf(
  lookup: Lookup,
  namespace: string,
  names: readonly string[],
): Read<readonly EndpointSlice[]> {
  if (names.length === 0) return found([]);
  const distinct = [...new Set(names)].sort().join(',');
  return lookup.list('EndpointSlice', {
    namespace,
    labelSelector: `kubernetes.io/service-name in (${distinct})`,
  });
}

function serviceOf(slice: EndpointSlice): string | undefined {
  return slice.metadata?.labels?.['kubernetes.io/service-name'];
}

/** The Pods that each Service selects: a list for each selector, or one of the whole namespace when there are many. */
function podsOfServices(
  lookup: Lookup,
  scope: NamespaceTrace,
  names: readonly string[],
): (serviceName: string) => Read<readonly Pod[]> {
  const services = valueOr(scope.services, []);
  const selectors = new Set(names.map((name) => selectorText(named(services, name)?.spec?.selector ?? {})));
  const namespace = scope.name;
  return (serviceName) => {
    if (!scope.services.ok) return scope.services;
    const selector = named(services, serviceName)?.spec?.selector ?? {};
    if (Object.keys(selector).length === 0) return found([]);
    if (selectors.size <= MOST_SELECTORS) {
      return lookup.list('Pod', { namespace, labelSelector: selectorText(selector) });
    }
    return mapRead(lookup.list('Pod', { namespace }), (pods) =>
      pods.filter(({ metadata }) => matchesLabels(selector, metadata?.labels)),
    );
  };
}
