import type { TraefikKind } from '../../kubernetes/custom/traefik.ts';
import type { Ingress, KubeObject, Service } from '../../kubernetes/types.ts';
import { findAnnotation } from './read.ts';

/** An object that an annotation of Traefik names, as in `shop-strip@kubernetescrd`. */
export interface TraefikReference {
  readonly kind: TraefikKind;
  /** The annotation's whole name. */
  readonly annotation: string;
  /** One name as it is written. */
  readonly value: string;
  /** What stands before the `@`. */
  readonly name: string;
  /** What stands behind it; without it Traefik looks among what its Ingress provider made. */
  readonly provider?: string;
}

/** The provider of Traefik's custom resources. */
export const CRD_PROVIDER = 'kubernetescrd';

/** What the annotations of the Ingress name for its routers. */
export function routerReferences(ingress: Ingress): readonly TraefikReference[] {
  return [
    ...referencesOf(ingress, 'Middleware', 'router.middlewares'),
    ...referencesOf(ingress, 'TLSOption', 'router.tls.options'),
  ];
}

/** What the annotations of a Service name for the way to its Pods. */
export function transportReferences(service: Service): readonly TraefikReference[] {
  return referencesOf(service, 'ServersTransport', 'service.serverstransport');
}

function referencesOf(object: KubeObject, kind: TraefikKind, key: string): readonly TraefikReference[] {
  const found = findAnnotation(object, 'traefik', key);
  if (found === undefined) return [];
  const values = found.value.split(',').map((value) => value.trim());
  return values.flatMap((value) => {
    // Every Traefik has the TLS options `default`.
    if (value === '' || (kind === 'TLSOption' && value === 'default')) return [];
    const [name = '', provider] = value.split('@');
    return [{ kind, annotation: found.name, value, name, ...(provider !== undefined && { provider }) }];
  });
}
