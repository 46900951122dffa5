import type { Endpoint, EndpointPort, EndpointSlice, ServicePort } from './types.ts';

/** The label that says who writes an EndpointSlice. */
export const MANAGED_BY_LABEL = 'endpointslice.kubernetes.io/managed-by';
/** The `managed-by` of slices that kube-controller-manager makes from a Service's selector. */
const SLICE_CONTROLLER = 'endpointslice-controller.k8s.io';

/** One address behind a Service, with Kubernetes' defaults applied, joined over all slices that list it. */
export interface ServiceEndpoint {
  readonly address: string;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly nodeName?: string;
  readonly targetRef?: NonNullable<Endpoint['targetRef']>;
  /** The ports of the slices that list it; empty when a named targetPort resolves on no Pod. */
  readonly ports: readonly EndpointPort[];
  /** Names of the slices that list it. */
  readonly slices: readonly string[];
}

/** Endpoints counted apart. `notReady` leaves out terminating ones; a Pod with two addresses counts once. */
export interface EndpointCount {
  readonly total: number;
  readonly ready: number;
  readonly serving: number;
  readonly terminating: number;
  readonly notReady: number;
}

/**
 * The unique endpoints of a Service's slices, in slice order. An address may stand in several slices at a time
 * (https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#duplicate-endpoints);
 * a ready entry wins over others. With a port name (`` for an unnamed port) only slices that carry that port count.
 */
export function endpointsOf(slices: readonly EndpointSlice[], portName?: string): readonly ServiceEndpoint[] {
  const endpoints = new Map<string, ServiceEndpoint>();
  for (const slice of slices) {
    if (portName !== undefined && !carriesPort(slice, portName)) continue;
    for (const endpoint of slice.endpoints ?? []) {
      for (const address of endpoint.addresses ?? []) {
        const entry = serviceEndpoint(address, endpoint, slice);
        const known = endpoints.get(address);
        endpoints.set(address, known === undefined ? entry : join(known, entry));
      }
    }
  }
  return [...endpoints.values()];
}

/**
 * The endpoints that a controller can send a Service port's requests to, ready or not: those of slices that carry
 * the port by name, or all of them where the controller falls back to a numeric targetPort.
 */
export function endpointsForPort(
  slices: readonly EndpointSlice[],
  port: ServicePort,
  fallsBackToTargetPort: boolean,
): readonly ServiceEndpoint[] {
  return fallsBackToTargetPort ? endpointsOf(slices) : endpointsOf(slices, port.name ?? '');
}

/** Whether a slice lists a port of that name (`` for an unnamed one). */
export function carriesPort(slice: EndpointSlice, portName: string): boolean {
  return (slice.ports ?? []).some((port) => (port.name ?? '') === portName);
}

/** Slices that list at least one address. */
export function filledSlices(slices: readonly EndpointSlice[]): readonly EndpointSlice[] {
  return slices.filter(({ endpoints }) => endpoints?.some(({ addresses = [] }) => addresses.length > 0));
}

/** Whether kube-controller-manager made the slice from the Service's selector; a slice without the label is not its own. */
export function isManagedSlice({ metadata }: EndpointSlice): boolean {
  return metadata?.labels?.[MANAGED_BY_LABEL] === SLICE_CONTROLLER;
}

/** Counts endpoints by state, a dual-stack Pod once. */
export function countEndpoints(endpoints: readonly ServiceEndpoint[]): EndpointCount {
  const targets = new Map<string, ServiceEndpoint>();
  for (const endpoint of endpoints) {
    const target = targetKey(endpoint);
    const known = targets.get(target);
    if (known === undefined || rank(endpoint) > rank(known)) targets.set(target, endpoint);
  }
  const all = [...targets.values()];
  return {
    total: all.length,
    ready: all.filter(({ ready }) => ready).length,
    serving: all.filter(({ serving }) => serving).length,
    terminating: all.filter(({ terminating }) => terminating).length,
    notReady: all.filter(({ ready, terminating }) => !ready && !terminating).length,
  };
}

function serviceEndpoint(address: string, endpoint: Endpoint, slice: EndpointSlice): ServiceEndpoint {
  const { conditions = {}, nodeName, targetRef } = endpoint;
  const ready = conditions.ready ?? true;
  return {
    address,
    ready,
    serving: conditions.serving ?? ready,
    terminating: conditions.terminating ?? false,
    ...(nodeName === undefined ? {} : { nodeName }),
    ...(targetRef === undefined ? {} : { targetRef }),
    ports: slice.ports ?? [],
    slices: [slice.metadata?.name ?? ''],
  };
}

function join(known: ServiceEndpoint, other: ServiceEndpoint): ServiceEndpoint {
  const best = rank(other) > rank(known) ? other : known;
  const added = other.ports.filter((port) => !known.ports.some((each) => isSamePort(each, port)));
  return { ...best, ports: [...known.ports, ...added], slices: [...known.slices, ...other.slices] };
}

function isSamePort(a: EndpointPort, b: EndpointPort): boolean {
  return (
    (a.name ?? '') === (b.name ?? '') && a.port === b.port && (a.protocol ?? 'TCP') === (b.protocol ?? 'TCP')
  );
}

function targetKey({ address, targetRef }: ServiceEndpoint): string {
  if (targetRef?.name === undefined) return address;
  return `${targetRef.kind ?? ''} ${targetRef.namespace ?? ''}/${targetRef.name}`;
}

function rank({ ready, serving }: ServiceEndpoint): number {
  return (ready ? 2 : 0) + (serving ? 1 : 0);
}
