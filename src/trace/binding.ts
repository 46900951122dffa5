import type { ClassBinding } from '../controllers/profile.ts';
import { CLASS_ANNOTATION } from '../kubernetes/ingress-class.ts';
import type { Ingress, IngressClass } from '../kubernetes/types.ts';
import { type Read, valueOr } from '../model/read.ts';

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
