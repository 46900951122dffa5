import type { RequestedUrl } from './trace.ts';

/** What to diagnose. `selector` is a label selector over Ingresses, as kubectl's `-l`. */
export type Target =
  | { readonly kind: 'ingress'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'namespace'; readonly namespace: string; readonly selector?: string }
  | { readonly kind: 'all'; readonly selector?: string }
  /** The Ingress rule that wins for a URL, among all namespaces or in one. */
  | { readonly kind: 'url'; readonly url: RequestedUrl; readonly namespace?: string };
