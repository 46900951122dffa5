import type { Ingress } from '../../kubernetes/types.ts';
import type { Settings } from '../profile.ts';
import { booleanAnnotation } from './read.ts';

/** Whether it is a canary of ingress-nginx: it shares the host and path of its main Ingress on purpose. */
export function isCanary(ingress: Ingress, settings?: Settings): boolean {
  return booleanAnnotation(ingress, 'ingress-nginx', 'canary', settings) === true;
}
