import { newestFirst } from '../../kubernetes/events.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { Event, Service } from '../../kubernetes/types.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { fieldEvidence } from './evidence.ts';

/** Whether the Service is of type LoadBalancer and was given no address. A Service without a status tells nothing. */
export function isPending({ spec, status, metadata }: Service): boolean {
  if (spec?.type !== 'LoadBalancer' || status === undefined) return false;
  return metadata?.deletionTimestamp === undefined && !hasAddress({ spec, status });
}

function hasAddress({ status }: Service): boolean {
  return (status?.loadBalancer?.ingress?.length ?? 0) > 0;
}

/**
 * Another way by which clients may well reach the controller although a Service of type LoadBalancer waits:
 * the Ingress's own address, the nodes' network, or another Service. Undefined where there is none.
 */
export function otherWayIn(
  { ingress, reference }: IngressTrace,
  services: readonly Service[],
  pods: readonly Pod[],
): Evidence | undefined {
  const [address] = ingress.status?.loadBalancer?.ingress ?? [];
  if (address !== undefined) {
    const value = address.ip ?? address.hostname;
    return fieldEvidence(reference, 'status.loadBalancer.ingress[0]', value);
  }
  const host = pods.find(isInNodeNetwork);
  if (host !== undefined) {
    return { object: referenceTo(host), source: 'ports of the Node', value: hostPortsOf(host) };
  }
  const other = services.find(
    (service) =>
      hasAddress(service) ||
      service.spec?.type === 'NodePort' ||
      (service.spec?.externalIPs?.length ?? 0) > 0,
  );
  return other === undefined ? undefined : fieldEvidence(referenceTo(other), 'spec.type', other.spec?.type);
}

/** Whether the Pod takes connections at addresses of its Node, beside any Service. */
export function isInNodeNetwork({ spec }: Pod): boolean {
  return spec?.hostNetwork === true || hostPorts(spec?.containers).length > 0;
}

function hostPorts(containers: NonNullable<Pod['spec']>['containers'] = []): readonly number[] {
  return containers.flatMap(({ ports = [] }) => ports.flatMap(({ hostPort }) => hostPort ?? []));
}

function hostPortsOf({ spec }: Pod): string {
  return spec?.hostNetwork === true ? 'hostNetwork' : `hostPort ${hostPorts(spec?.containers).join(', ')}`;
}

/** Events about the Service, newest first. */
export function eventsAbout({ metadata }: Service, events: readonly Event[]): readonly Event[] {
  return newestFirst(
    events.filter(
      ({ involvedObject }) => involvedObject?.kind === 'Service' && involvedObject.name === metadata?.name,
    ),
  );
}
