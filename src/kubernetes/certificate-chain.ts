import type { CertificateFacts } from './types.ts';

/** What is wrong with the order or completeness of a certificate file, leaf first. */
export type ChainFault =
  /** The certificate that signed the first one is not in the file. */
  | { readonly kind: 'issuer missing'; readonly isPublic: boolean }
  /** All are there, but not each before the one that signed it. */
  | { readonly kind: 'wrong order' };

/**
 * Judges a chain by the names in it. A chain may end before its root, which clients have. Undefined where it is right,
 * and for a single certificate of an authority that is not known to sign by intermediates only: its signer may be a
 * root that the clients were given.
 */
export function chainFault(certificates: readonly CertificateFacts[]): ChainFault | undefined {
  const [leaf, ...others] = certificates;
  if (leaf === undefined || leaf.issuer === '' || leaf.issuer === leaf.subject) return undefined;
  if (!others.some(({ subject }) => subject === leaf.issuer)) {
    const isPublic = isPublicIntermediate(leaf.issuer);
    return isPublic || others.length > 0 ? { kind: 'issuer missing', isPublic } : undefined;
  }
  return isOrdered(certificates) ? undefined : { kind: 'wrong order' };
}

/** Whether each certificate is followed by its issuer, as long as that is in the file at all. */
function isOrdered(certificates: readonly CertificateFacts[]): boolean {
  for (const [index, { subject, issuer }] of certificates.entries()) {
    if (issuer === subject || !certificates.some((other) => other.subject === issuer)) return true;
    if (certificates[index + 1]?.subject !== issuer) return false;
  }
  return true;
}

/** Authorities that browsers trust. None of them signs the certificates of servers with its root. */
const PUBLIC =
  /(?:^|, )O="?(?:Let's Encrypt|DigiCert|Sectigo|COMODO|GlobalSign|GoDaddy|Starfield|Google Trust Services|Amazon|ZeroSSL|Entrust|SSL Corp|Buypass|Actalis|IdenTrust|GEANT|Certum|Unizeto|Asseco|QuoVadis|SwissSign|HARICA|Hellenic Academic|TrustAsia|GeoTrust|Thawte|RapidSSL|Gandi|Network Solutions)/i;

function isPublicIntermediate(issuer: string): boolean {
  return PUBLIC.test(issuer) && !/\bRoot\b/i.test(issuer);
}
