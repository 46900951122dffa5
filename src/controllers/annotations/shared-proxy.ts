import type { Ingress } from '../../kubernetes/types.ts';
import type { Product } from '../profile.ts';
import { annotation } from './read.ts';

/**
 * Whether one proxy serves both Ingresses of the same class, so that their rules meet at all. On GKE each Ingress has a
 * load balancer of its own, on AWS each group that is named by `alb.ingress.kubernetes.io/group.name`.
 */
export function sharesProxy(product: Product, a: Ingress, b: Ingress): boolean {
  if (a.metadata?.name === b.metadata?.name && a.metadata?.namespace === b.metadata?.namespace) return true;
  if (product === 'gke') return false;
  if (product !== 'aws-alb') return true;
  const group = annotation(a, product, 'group.name');
  return group !== undefined && group === annotation(b, product, 'group.name');
}
