import type { Ingress } from './types.ts';

/** The annotation that named the class before `spec.ingressClassName` existed. */
export const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** The annotation that makes an IngressClass the default for Ingresses that are created without one. */
export const DEFAULT_CLASS_ANNOTATION = 'ingressclass.kubernetes.io/is-default-class';

/** The class that an Ingress names, by field or annotation; empty where it names none. */
export function classOf({ metadata, spec }: Ingress): string {
  return spec?.ingressClassName ?? metadata?.annotations?.[CLASS_ANNOTATION] ?? '';
}

/** Older first; equal or unknown ages by namespace and name, as ingress-nginx sorts. */
export function byAge(a: Ingress, b: Ingress): number {
  return ageKey(a) < ageKey(b) ? -1 : 1;
}

function ageKey({ metadata }: Ingress): string {
  return `${metadata?.creationTimestamp ?? ''} ${metadata?.namespace}/${metadata?.name}`;
}
