import type { Condition, Ingress, KubeObject } from '../types.ts';

/** cert-manager's custom resources on the way from a Certificate to its Secret (https://cert-manager.io/docs/reference/api-docs/). */

/** What is to sign: an Issuer of the same namespace where no kind is given, a ClusterIssuer, or another product's. */
export interface IssuerReference {
  readonly name?: string;
  readonly kind?: string;
  readonly group?: string;
}

/** cert-manager.io Certificate. */
export interface Certificate extends KubeObject {
  readonly spec?: {
    readonly secretName?: string;
    readonly dnsNames?: readonly string[];
    readonly issuerRef?: IssuerReference;
  };
  readonly status?: {
    /** `Ready` and `Issuing`. */
    readonly conditions?: readonly Condition[];
    /** RFC 3339; absent where nothing was ever issued. */
    readonly notAfter?: string;
    readonly lastFailureTime?: string;
    readonly failedIssuanceAttempts?: number;
  };
}

/** cert-manager.io CertificateRequest: one attempt. Its owner is the Certificate. */
export interface CertificateRequest extends KubeObject {
  readonly spec?: { readonly issuerRef?: IssuerReference };
  readonly status?: {
    /** `Ready` (its reason: `Pending`, `Failed`, `Denied`, `Issued`), `Approved`, `Denied`, `InvalidRequest`. */
    readonly conditions?: readonly Condition[];
    readonly failureTime?: string;
  };
}

/** acme.cert-manager.io Order. Its owner is the CertificateRequest. */
export interface Order extends KubeObject {
  readonly status?: {
    /** `pending`, `ready`, `processing`, `valid`, `invalid`, `expired` or `errored`. */
    readonly state?: string;
    readonly reason?: string;
  };
}

/** acme.cert-manager.io Challenge: the proof for one host. Its owner is the Order. */
export interface Challenge extends KubeObject {
  readonly spec?: {
    readonly dnsName?: string;
    /** `HTTP-01` or `DNS-01`. */
    readonly type?: string;
  };
  readonly status?: {
    readonly state?: string;
    readonly reason?: string;
    readonly presented?: boolean;
  };
}

/** cert-manager.io Issuer and ClusterIssuer. */
export interface Issuer extends KubeObject {
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/** The annotations that ask cert-manager to issue the certificates of an Ingress. */
const ISSUER_ANNOTATIONS = ['cert-manager.io/issuer', 'cert-manager.io/cluster-issuer'] as const;

/** The annotation by which the Ingress asks cert-manager for its certificates, with the issuer that it names. */
export function issuerAnnotation({
  metadata,
}: Ingress): { readonly key: string; readonly issuer: string } | undefined {
  const annotations = metadata?.annotations ?? {};
  const key = ISSUER_ANNOTATIONS.find((candidate) => annotations[candidate] !== undefined);
  return key === undefined ? undefined : { key, issuer: annotations[key] ?? '' };
}
