import type { KubeObject } from '../types.ts';

/** traefik.io Middleware (https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/http/middleware/). */
export interface Middleware extends KubeObject {
  readonly spec?: {
    /** Sends requests on to another scheme. */
    readonly redirectScheme?: { readonly scheme?: string; readonly permanent?: boolean };
  };
}

/** traefik.io TLSOption. */
export type TlsOption = KubeObject;

/** traefik.io ServersTransport. */
export type ServersTransport = KubeObject;

/** The kinds that annotations of Traefik name. */
export type TraefikKind = 'Middleware' | 'TLSOption' | 'ServersTransport';

/** The name by which annotations mean an object of the CRD provider: all but letters and digits becomes a hyphen. */
export function traefikNames({ metadata }: KubeObject): readonly string[] {
  const id = `${metadata?.namespace}-${metadata?.name}`;
  return [id, id.split(/[^\p{L}\p{N}]+/u).join('-')];
}
