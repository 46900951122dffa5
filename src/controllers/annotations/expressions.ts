import type { Ingress } from '../../kubernetes/types.ts';
import { annotation, booleanAnnotation } from './read.ts';

/** Whether the Ingress turns the paths of its hosts into regular expressions on ingress-nginx. */
export function asksForExpressions(ingress: Ingress): boolean {
  return (
    booleanAnnotation(ingress, 'ingress-nginx', 'use-regex') === true ||
    annotation(ingress, 'ingress-nginx', 'rewrite-target') !== undefined
  );
}
