import { document, ingress } from './ingresses.ts';

const PREFIX = 'nginx.ingress.kubernetes.io';

/** Ingress shop/web with annotations of ingress-nginx, named without their prefix; other fields as `ingress` takes them. */
export function nginx(
  annotations: Readonly<Record<string, string>>,
  parts: Parameters<typeof ingress>[0] = {},
): string {
  const named = Object.entries(annotations).map(([key, value]) => [`${PREFIX}/${key}`, value]);
  return ingress({ ...parts, annotations: Object.fromEntries(named) });
}

/** The ConfigMap of the base's controller. */
export function nginxConfig(data: Readonly<Record<string, string>>): string {
  return configMap('ingress-nginx-controller', data, 'ingress-nginx');
}

export function configMap(name: string, data: Readonly<Record<string, string>>, namespace = 'shop'): string {
  return document({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data });
}

export function secret(name: string, keys: readonly string[], namespace = 'shop'): string {
  return document({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, type: 'Opaque', keys });
}

/** Lines in the log of the base's controller. */
export function nginxLog(...lines: readonly string[]): string {
  return document({
    apiVersion: 'gateway-doctor/v1',
    kind: 'PodLog',
    metadata: { namespace: 'ingress-nginx', name: 'ingress-nginx-controller-5c4d9-x8k2p' },
    container: 'controller',
    previous: false,
    text: `${lines.join('\n')}\n`,
  });
}

/** An event about Ingress shop/web. */
export function ingressEvent(reason: string, message: string, time = '2026-03-02T11:55:00Z'): string {
  return document({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `web.${reason.toLowerCase()}`, namespace: 'shop' },
    involvedObject: { kind: 'Ingress', namespace: 'shop', name: 'web' },
    type: 'Warning',
    reason,
    message,
    lastTimestamp: time,
  });
}

/** A Service with one port 80 and, where asked for, one endpoint. */
export function serviceWith(
  name: string,
  endpoint: 'ready' | 'not ready' | 'none',
  spec: object = {},
  namespace = 'shop',
): string {
  const isReady = endpoint === 'ready';
  return (
    document({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace },
      spec: {
        type: 'ClusterIP',
        clusterIP: '10.96.0.77',
        selector: { app: name },
        ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
        ...spec,
      },
    }) +
    (endpoint === 'none'
      ? ''
      : document({
          apiVersion: 'discovery.k8s.io/v1',
          kind: 'EndpointSlice',
          metadata: { name: `${name}-zzzzz`, namespace, labels: { 'kubernetes.io/service-name': name } },
          addressType: 'IPv4',
          ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
          endpoints: [
            {
              addresses: ['10.244.0.77'],
              conditions: { ready: isReady, serving: isReady, terminating: false },
            },
          ],
        }))
  );
}
