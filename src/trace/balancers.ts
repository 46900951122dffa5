import {
  BACKEND_CONFIG_ANNOTATION,
  type BackendConfig,
  type IpAddressPool,
} from '../kubernetes/custom/load-balancers.ts';
import type { Pod } from '../kubernetes/pod-types.ts';
import type { Service } from '../kubernetes/types.ts';
import { found, type Read, valueOr } from '../model/read.ts';
import type { BackendTrace, ControllerTrace } from '../model/trace.ts';
import type { Lookup } from './lookup.ts';

/** Whether the Service asks for a load balancer and was given no address. */
export function isWaiting({ spec, status }: Service): boolean {
  return spec?.type === 'LoadBalancer' && (status?.loadBalancer?.ingress?.length ?? 0) === 0;
}

/** The Pods that ServiceLB of k3s makes for Services without an address (https://docs.k3s.io/networking/networking-services). */
export function traceBalancerPods(lookup: Lookup, services: Read<readonly Service[]>): Read<readonly Pod[]> {
  const names = valueOr(services, []).flatMap((service) =>
    isWaiting(service) ? (service.metadata?.name ?? []) : [],
  );
  if (names.length === 0) return found([]);
  const labelSelector = `svccontroller.k3s.cattle.io/svcname in (${names.sort().join(',')})`;
  return lookup.list('Pod', { namespace: 'kube-system', labelSelector });
}

/** MetalLB's pools, where a Service without an address may wait for one of theirs. */
export function traceAddressPools(
  lookup: Lookup,
  services: Read<readonly Service[]>,
): Read<readonly IpAddressPool[]> {
  return valueOr(services, []).some(isWaiting) ? lookup.listServed('IPAddressPool', {}) : found([]);
}

/** The BackendConfigs of the namespace, where GKE serves the Ingress and one of its Services names some. */
export function traceBackendConfigs(
  lookup: Lookup,
  { profile }: ControllerTrace,
  namespace: string,
  backends: readonly BackendTrace[],
): Read<readonly BackendConfig[]> {
  const areNamed = backends.some(
    ({ service }) =>
      valueOr(service, undefined)?.metadata?.annotations?.[BACKEND_CONFIG_ANNOTATION] !== undefined,
  );
  return profile.product === 'gke' && areNamed
    ? lookup.listServed('BackendConfig', { namespace })
    : found([]);
}
