import {
  countEndpoints,
  type EndpointCount,
  endpointsForPort,
  endpointsOf,
  type ServiceEndpoint,
} from '../../kubernetes/endpoints.ts';
import type { EndpointSlice, Service } from '../../kubernetes/types.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { BackendTrace, IngressTrace } from '../../model/trace.ts';

/** The endpoints behind a backend as its controller sees them. */
export interface BackendEndpoints {
  /** Every address of the Service. */
  readonly all: readonly ServiceEndpoint[];
  /** Those that can get the backend port's requests, ready or not; all of them where the port is not known. */
  readonly forPort: readonly ServiceEndpoint[];
  /** Those of `forPort` that the controller sends requests to. */
  readonly used: readonly ServiceEndpoint[];
}

/** Undefined for a Service that has no endpoints by nature: ExternalName. */
export function backendEndpoints(
  { controller }: IngressTrace,
  backend: BackendTrace,
  service: Service,
  slices: readonly EndpointSlice[],
): BackendEndpoints | undefined {
  if (service.spec?.type === 'ExternalName') return undefined;
  const { profile } = controller;
  const all = endpointsOf(slices);
  const port = backend.port?.port;
  const forPort =
    port === undefined ? all : endpointsForPort(slices, port, profile.fallsBackToTargetPort(port));
  return { all, forPort, used: forPort.filter((endpoint) => profile.usesEndpoint(endpoint)) };
}

/** Endpoints in one line: `3 endpoints: 1 ready, 2 not ready`. */
export function showCount(count: EndpointCount): string {
  const parts = [
    `${count.ready} ready`,
    ...(count.notReady > 0 ? [`${count.notReady} not ready`] : []),
    ...(count.terminating > 0 ? [`${count.terminating} terminating`] : []),
  ];
  return `${count.total} ${count.total === 1 ? 'endpoint' : 'endpoints'}: ${parts.join(', ')}`;
}

/** What each slice says of its endpoints; of the Service where there is no slice. */
export function sliceEvidence(
  service: Service,
  slices: readonly EndpointSlice[],
): readonly [Evidence, ...Evidence[]] {
  const [first, ...rest] = slices.slice(0, 5).map((slice): Evidence => {
    const value = showCount(countEndpoints(endpointsOf([slice])));
    return { object: referenceTo(slice), field: 'endpoints', value };
  });
  const none: Evidence = { object: referenceTo(service), source: 'EndpointSlices', value: 'none' };
  return [first ?? none, ...rest];
}
