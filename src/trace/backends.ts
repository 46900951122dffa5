import type { ControllerProfile, PortReference } from '../controllers/profile.ts';
import { sliceOfPods } from '../kubernetes/derived-slice.ts';
import { endpointsForPort, endpointsOf } from '../kubernetes/endpoints.ts';
import { clusterServiceOf } from '../kubernetes/external-name.ts';
import type { Pod } from '../kubernetes/pod-types.ts';
import { matchesLabels } from '../kubernetes/selector.ts';
import type { EndpointSlice, Service } from '../kubernetes/types.ts';
import { found, mapRead, type Read, valueOr } from '../model/read.ts';
import type { BackendTrace, NamespaceTrace, RouteTrace } from '../model/trace.ts';
import { isPending, type Lookup, selectorText } from './lookup.ts';
import { traceMesh } from './mesh.ts';
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
  const begun = [...groups].map(([key, [first, ...others]]) => {
    const serviceName = first?.backend?.service?.name ?? '';
    const portReference = first?.backend?.service?.port ?? {};
    const ownSlices = mapRead(slices, (list) => list.filter((slice) => serviceOf(slice) === serviceName));
    const listed = mapRead(scope.services, (services) => named(services, serviceName));
    const service = isOutdated(profile, listed, portReference, ownSlices)
      ? readAgain(lookup, namespace, serviceName, listed)
      : listed;
    const routes = [first, ...others].flatMap((route) => (route === undefined ? [] : [route.id]));
    return { key, namespace, serviceName, portReference, routes, service, slices: ownSlices, scope };
  });
  const selected = podsOfServices(
    lookup,
    namespace,
    begun.map(({ service }) => service),
  );
  // Two Pods tell whether an error is one Pod's or the application's; with many backends one each has to do.
  const healthyLogs = begun.length > 2 ? 1 : 2;
  return begun.map((beginning) =>
    traceBackend(lookup, profile, { ...beginning, pods: selected(beginning.service) }, healthyLogs),
  );
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

function traceBackend(
  lookup: Lookup,
  profile: ControllerProfile,
  beginning: Beginning,
  healthyLogs: number,
): BackendTrace {
  const { serviceName, portReference, service, pods } = beginning;
  const slices = slicesOrPods(beginning);
  const isMissing = service.ok && service.value === undefined;
  const port =
    service.ok && service.value !== undefined ? profile.findPort(service.value, portReference) : undefined;
  const endpoints = mapRead(slices, (list) => endpointsOf(list));
  const isShort =
    (endpoints.ok && !endpoints.value.some(profile.usesEndpoint)) ||
    (pods.ok && pods.value.length > 0 && endpoints.ok && !endpoints.value.every(profile.usesEndpoint));
  const isEmpty = pods.ok && pods.value.length === 0;

  let { scope } = beginning;
  const isExternal = service.ok && service.value?.spec?.type === 'ExternalName';
  if (isEmpty && !isMissing && !isExternal) scope = deepenNamespace(lookup, scope);

  return {
    ...beginning,
    slices,
    ...(port !== undefined && { port }),
    namesakes: isMissing
      ? lookup.list('Service', { fieldSelector: `metadata.name=${serviceName}` })
      : found([]),
    legacyEndpoints:
      profile.readsLegacyEndpoints === true && !isMissing
        ? lookup.get('Endpoints', scope.name, serviceName)
        : found(undefined),
    externalTarget: traceExternalTarget(lookup, scope, service),
    pods: mapRead(pods, (list) => tracePods(lookup, scope, list, healthyLogs)),
    workloads: traceWorkloads(lookup, scope, service, pods, isShort),
    mesh: traceMesh(lookup, scope.name, pods),
    scope,
  };
}

/** The Service of this cluster that an ExternalName Service names. */
function traceExternalTarget(
  lookup: Lookup,
  scope: NamespaceTrace,
  service: Read<Service | undefined>,
): Read<Service | undefined> {
  const { type, externalName } = valueOr(service, undefined)?.spec ?? {};
  const target = type === 'ExternalName' ? clusterServiceOf(externalName) : undefined;
  if (target === undefined) return found(undefined);
  if (target.namespace === scope.name) {
    return mapRead(scope.services, (services) => named(services, target.name));
  }
  return lookup.get('Service', target.namespace, target.name);
}

/**
 * Whether the list of Services may have been read before a change: it lacks the Service, or its slices carry
 * other ports than it has.
 */
function isOutdated(
  profile: ControllerProfile,
  service: Read<Service | undefined>,
  portReference: PortReference,
  slices: Read<readonly EndpointSlice[]>,
): boolean {
  if (!service.ok) return false;
  if (service.value === undefined) return true;
  const port = profile.findPort(service.value, portReference)?.port;
  if (port === undefined || !slices.ok || endpointsOf(slices.value).length === 0) return false;
  return endpointsForPort(slices.value, port, profile.fallsBackToTargetPort(port)).length === 0;
}

/** The Service as it is by now; as it was listed where it cannot be read, or is gone. */
function readAgain(
  lookup: Lookup,
  namespace: string,
  name: string,
  listed: Read<Service | undefined>,
): Read<Service | undefined> {
  const again = lookup.get('Service', namespace, name);
  return again.ok && again.value !== undefined ? again : listed;
}

/**
 * The slices; where they cannot be read, what follows from the Pods, provided that it is that none is ready.
 * That some are proves no health: the slices may be out of date.
 */
function slicesOrPods({ service, slices, pods }: Beginning): Read<readonly EndpointSlice[]> {
  if (slices.ok || isPending(slices) || !service.ok || service.value === undefined || !pods.ok) return slices;
  const derived = sliceOfPods(service.value, pods.value);
  if (derived === undefined || endpointsOf([derived]).some(({ ready }) => ready)) return slices;
  return found([derived]);
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
  namespace: string,
  services: readonly Read<Service | undefined>[],
): (service: Read<Service | undefined>) => Read<readonly Pod[]> {
  const selectorOf = (service: Service | undefined) => service?.spec?.selector ?? {};
  const selectors = new Set(services.map((service) => selectorText(selectorOf(valueOr(service, undefined)))));
  return (service) => {
    if (!service.ok) return service;
    const selector = selectorOf(service.value);
    if (Object.keys(selector).length === 0) return found([]);
    if (selectors.size <= MOST_SELECTORS) {
      return lookup.list('Pod', { namespace, labelSelector: selectorText(selector) });
    }
    return mapRead(lookup.list('Pod', { namespace }), (pods) =>
      pods.filter(({ metadata }) => matchesLabels(selector, metadata?.labels)),
    );
  };
}
