import type { HttpProxy } from '../kubernetes/custom/contour.ts';
import { found, type Read } from '../model/read.ts';
import type { ControllerTrace } from '../model/trace.ts';
import type { Lookup } from './lookup.ts';

/** The HTTPProxies of the cluster where Contour serves the Ingress: they share its hosts. */
export function traceHttpProxies(lookup: Lookup, { profile }: ControllerTrace): Read<readonly HttpProxy[]> {
  return profile.product === 'contour' ? lookup.listServed('HTTPProxy', {}) : found([]);
}
