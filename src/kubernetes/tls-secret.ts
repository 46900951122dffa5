import { secondsSince } from './duration.ts';
import { hostMatches } from './hosts.ts';
import type { CertificateFacts, SecretFacts } from './types.ts';

/** Seconds before the end at which a certificate should have been renewed: the ten days of ingress-nginx. */
export const RENEWAL_SECONDS = 10 * 24 * 3600;

/** Why the Secret gives no key pair; undefined where it does, or where its values were hidden. */
export function malformation({
  keys,
  certificateProblem,
  keyProblem,
  certificates,
}: SecretFacts): string | undefined {
  if (certificateProblem !== undefined) return certificateProblem;
  if (keyProblem !== undefined) return keyProblem;
  if (keys === undefined) return undefined;
  if (!keys.includes('tls.crt') && certificates === undefined) return '`tls.crt` is missing';
  return keys.includes('tls.key') ? undefined : '`tls.key` is missing';
}

/** Whether the Secret holds a key pair that a controller can serve, as far as its values are known. */
export function isUsable(secret: SecretFacts): boolean {
  return malformation(secret) === undefined && secret.keyMatches !== false;
}

/** The first certificate of the Secret, which is the one that clients are shown. */
export function leafOf({ certificates }: SecretFacts): CertificateFacts | undefined {
  return certificates?.[0];
}

/** Whether the certificate's names cover the host: the same name or address, or a wildcard for one label. */
export function coversHost({ names }: CertificateFacts, host: string): boolean {
  return names.some((name) => name !== '' && hostMatches(name, host));
}

/**
 * Whether cert-manager made the certificate to fill the time until the real one is issued: it signs those with
 * a CA of this name that it throws away (cert-manager's pkg/util/pki/temporarycertificate.go).
 */
export function isTemporary({ issuer }: CertificateFacts): boolean {
  return /(?:^|, )CN=cert-manager\.local(?:$|, )/.test(issuer);
}

/** Why clients that verify would reject what the Secret serves for these hosts; undefined where they would not, or it is not known. */
export function distrustOf(secret: SecretFacts, hosts: readonly string[], now: Date): string | undefined {
  const problem = malformation(secret);
  if (problem !== undefined) return problem;
  if (secret.keyMatches === false) return '`tls.key` does not belong to `tls.crt`';
  const leaf = leafOf(secret);
  if (leaf === undefined) return undefined;
  if (isTemporary(leaf)) return 'its certificate is a temporary one';
  if ((secondsSince(leaf.notAfter, now) ?? -1) > 0) return 'its certificate has expired';
  const other = hosts.find((host) => !coversHost(leaf, host));
  return other === undefined ? undefined : `its certificate does not cover host \`${other}\``;
}
