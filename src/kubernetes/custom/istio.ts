import type { KubeObject, StringMap } from '../types.ts';

/** Istio's custom resources, as far as they decide what becomes of a request (https://istio.io/latest/docs/reference/config/). */

/** The workloads that a policy is about: without labels all of its namespace, in the root namespace all of the mesh. */
export interface WorkloadSelector {
  readonly matchLabels?: StringMap;
}

export interface MutualTls {
  /** `STRICT`, `PERMISSIVE`, `DISABLE` or `UNSET`. */
  readonly mode?: string;
}

/** security.istio.io PeerAuthentication. */
export interface PeerAuthentication extends KubeObject {
  readonly spec?: {
    readonly selector?: WorkloadSelector;
    readonly mtls?: MutualTls;
    /** By the Pod's port. Counts only with a selector. */
    readonly portLevelMtls?: Readonly<Record<string, MutualTls>>;
  };
}

/** security.istio.io AuthorizationPolicy. */
export interface AuthorizationPolicy extends KubeObject {
  readonly spec?: {
    readonly selector?: WorkloadSelector;
    /** `ALLOW` (the default), `DENY`, `AUDIT` or `CUSTOM`. */
    readonly action?: string;
    /** None: nothing matches, so that ALLOW denies all. */
    readonly rules?: readonly AuthorizationRule[];
  };
}

export interface AuthorizationRule {
  readonly from?: readonly { readonly source?: AuthorizationSource }[];
  readonly to?: readonly { readonly operation?: AuthorizationOperation }[];
  readonly when?: readonly { readonly key?: string }[];
}

export interface AuthorizationSource {
  readonly principals?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly ipBlocks?: readonly string[];
  readonly remoteIpBlocks?: readonly string[];
  readonly requestPrincipals?: readonly string[];
}

export interface AuthorizationOperation {
  readonly ports?: readonly string[];
}

/** networking.istio.io VirtualService. */
export interface VirtualService extends KubeObject {
  readonly spec?: {
    readonly hosts?: readonly string[];
    readonly gateways?: readonly string[];
    readonly http?: readonly { readonly route?: readonly { readonly destination?: Destination }[] }[];
  };
}

export interface Destination {
  readonly host?: string;
  readonly subset?: string;
}

/** networking.istio.io DestinationRule. */
export interface DestinationRule extends KubeObject {
  readonly spec?: {
    readonly host?: string;
    readonly subsets?: readonly { readonly name?: string }[];
  };
}
