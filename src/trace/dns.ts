import { endpointsOf } from '../kubernetes/endpoints.ts';
import { found, valueOr } from '../model/read.ts';
import type { DnsTrace } from '../model/trace.ts';
import { traceLogs } from './logs.ts';
import type { Lookup } from './lookup.ts';

const NAMESPACE = 'kube-system';
const SERVICE = 'kube-dns';

/**
 * Cluster DNS as the endpoints of kube-system/kube-dns tell. Its Pods may run elsewhere or under other names;
 * they, its Service and its Corefile are read only when no endpoint is ready.
 */
export function traceDns(lookup: Lookup): DnsTrace {
  const slices = lookup.list('EndpointSlice', {
    namespace: NAMESPACE,
    labelSelector: `kubernetes.io/service-name=${SERVICE}`,
  });
  const isDown = slices.ok && !endpointsOf(slices.value).some(({ ready }) => ready);
  if (!isDown) {
    return { service: found(undefined), slices, pods: found([]), config: found(undefined), logs: found([]) };
  }
  const pods = lookup.list('Pod', { namespace: NAMESPACE, labelSelector: `k8s-app=${SERVICE}` });
  return {
    service: lookup.get('Service', NAMESPACE, SERVICE),
    slices,
    pods,
    config: lookup.get('ConfigMap', NAMESPACE, 'coredns'),
    logs: traceLogs(lookup, valueOr(pods, []), { healthy: 0, lines: 0 }),
  };
}
