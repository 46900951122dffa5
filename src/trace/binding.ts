import type { ClassBinding } from '../controllers/profile.ts';
import type { Ingress, IngressClass } from '../kubernetes/types.ts';
import { type Read, valueOr } from '../model/read.ts';

/** The annotation that named the class before `spec.ingressClassName` existed. */
export const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** The annotation that makes an IngressClass the default for Ingresses that are created without one. */
export const DEFAULT_CLASS_ANNOTATION = 'ingressclass.kubernetes.io/is-default-class';

/** How the Ingress names its class, with the IngressClass of that name if there is one. */
export function bindClass(ingress: Ingress, classes: Read<readonly IngressClass[]>): ClassBinding {
  const field = ingress.spec?.ingressClassName;
  const annotation = ingress.metadata?.annotations?.[CLASS_ANNOTATION];
  const name = field ?? annotation;
  const ingressClass = valueOr(classes, []).find(({ metadata }) => metadata?.name === name);
  return {
    ...(field !== undefined && { field }),
    ...(annotation !== undefined && { annotation }),
    ...(name !== undefined && ingressClass !== undefined && { ingressClass }),
  };
}
