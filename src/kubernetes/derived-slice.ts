import { isPodFinished, isPodReady, isPodTerminating, podAddresses } from './pod.ts';
import type { Pod } from './pod-types.ts';
import { resolveTargetPort } from './ports.ts';
import type { EndpointSlice, Service } from './types.ts';

/**
 * The EndpointSlice that Kubernetes makes of a Service and the Pods that it selects, for where the slices themselves
 * cannot be read. How it is really named is unknown: it is called `web-*`.
 * Undefined for a Service whose endpoints do not follow from its Pods: without a selector, or an ExternalName.
 */
export function sliceOfPods(service: Service, pods: readonly Pod[]): EndpointSlice | undefined {
  const { selector = {}, ports = [], type, publishNotReadyAddresses } = service.spec ?? {};
  if (type === 'ExternalName' || Object.keys(selector).length === 0) return undefined;
  const { namespace, name = '' } = service.metadata ?? {};
  const addressed = pods.filter((pod) => !isPodFinished(pod) && podAddresses(pod).length > 0);
  return {
    kind: 'EndpointSlice',
    metadata: {
      ...(namespace !== undefined && { namespace }),
      name: `${name}-*`,
      labels: {
        'kubernetes.io/service-name': name,
        'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      },
    },
    ports: ports.flatMap((port) => {
      const [number] = addressed.flatMap((pod) => resolveTargetPort(pod, port) ?? []);
      return number === undefined
        ? []
        : [{ name: port.name ?? '', port: number, protocol: port.protocol ?? 'TCP' }];
    }),
    endpoints: addressed.map((pod) => ({
      addresses: podAddresses(pod).slice(0, 1),
      conditions: {
        ready: publishNotReadyAddresses === true || (isPodReady(pod) && !isPodTerminating(pod)),
        serving: isPodReady(pod),
        terminating: isPodTerminating(pod),
      },
      ...(pod.spec?.nodeName !== undefined && { nodeName: pod.spec.nodeName }),
      targetRef: {
        kind: 'Pod',
        ...(namespace !== undefined && { namespace }),
        name: pod.metadata?.name ?? '',
      },
    })),
  };
}
