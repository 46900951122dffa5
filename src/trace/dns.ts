import { endpointsOf } from '../kubernetes/endpoints.ts';
import { logErrors } from '../kubernetes/log-lines.ts';
import { found, valueOr } from '../model/read.ts';
import type { DnsTrace, IngressTrace } from '../model/trace.ts';
import { traceLogs } from './logs.ts';
import type { Lookup } from './lookup.ts';

const NAMESPACE = 'kube-system';
const SERVICE = 'kube-dns';

/**
 * Cluster DNS as the endpoints of kube-system/kube-dns tell. Its Pods may run elsewhere or under other names;
 * they, its Service and its Corefile are read only when no endpoint is ready. Where backends look up names in vain,
 * the logs of Pods that are ready are read too.
 */
export function traceDns(lookup: Lookup, ingresses: readonly IngressTrace[]): DnsTrace {
  const slices = lookup.list('EndpointSlice', {
    namespace: NAMESPACE,
    labelSelector: `kubernetes.io/service-name=${SERVICE}`,
  });
  const isDown = slices.ok && !endpointsOf(slices.value).some(({ ready }) => ready);
  if (!isDown && slices.ok && lookUpInVain(ingresses)) {
    const pods = lookup.list('Pod', { namespace: NAMESPACE, labelSelector: `k8s-app=${SERVICE}` });
    return {
      service: lookup.get('Service', NAMESPACE, SERVICE),
      slices,
      pods,
      config: lookup.get('ConfigMap', NAMESPACE, 'coredns'),
      logs: traceLogs(lookup, valueOr(pods, []), { healthy: 2, lines: 100 }),
    };
  }
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

/** Whether a backend is a name itself, or a Pod's log tells of a name that was not found. */
function lookUpInVain(ingresses: readonly IngressTrace[]): boolean {
  return ingresses.some(({ backends }) =>
    backends.some(
      ({ service, pods }) =>
        valueOr(service, undefined)?.spec?.type === 'ExternalName' ||
        valueOr(pods, []).some(({ logs }) =>
          valueOr(logs, []).some(({ text }) =>
            logErrors(text).some(({ trouble }) => trouble === 'name not found'),
          ),
        ),
    ),
  );
}
