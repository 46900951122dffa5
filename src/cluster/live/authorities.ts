import tls from 'node:tls';

/**
 * Every authority that is trusted where nothing names one: the machine's besides Node's own, because kubectl trusts
 * a company's, too, and those of NODE_EXTRA_CA_CERTS.
 */
export function trustedAuthorities(): string[] {
  const kinds = ['bundled', 'system', 'extra'] as const;
  return [...new Set(kinds.flatMap((kind) => tls.getCACertificates(kind)))];
}

/**
 * Says whom connections trust that name no authority of their own: one to a proxy, or to an identity provider.
 * Where there will be none, nobody: Node would parse hundreds of certificates even for a connection that names its
 * authority, and that takes longer than a whole diagnosis needs for its requests.
 */
export function setDefaultAuthorities(areNeeded: boolean): void {
  tls.setDefaultCACertificates(areNeeded ? trustedAuthorities() : []);
}
