import type { Condition, KubeObject } from '../types.ts';

/** projectcontour.io HTTPProxy (https://projectcontour.io/docs/main/config/api/). */
export interface HttpProxy extends KubeObject {
  readonly spec?: {
    readonly ingressClassName?: string;
    /** Only a root has it: the host that it serves. */
    readonly virtualhost?: { readonly fqdn?: string };
    readonly routes?: readonly HttpProxyRoute[];
    readonly includes?: readonly {
      readonly name?: string;
      readonly namespace?: string;
      readonly conditions?: readonly HttpProxyMatch[];
    }[];
  };
  readonly status?: {
    /** `valid`, `invalid` or `orphaned`. */
    readonly currentStatus?: string;
    readonly description?: string;
    readonly conditions?: readonly HttpProxyCondition[];
  };
}

interface HttpProxyRoute {
  /** All of them have to fit; without any, every request does. */
  readonly conditions?: readonly HttpProxyMatch[];
}

export interface HttpProxyMatch {
  readonly prefix?: string;
  readonly exact?: string;
  readonly regex?: string;
  readonly header?: object;
  readonly queryParameter?: object;
}

/** The condition `Valid`, which lists what is wrong. */
interface HttpProxyCondition extends Condition {
  readonly errors?: readonly Condition[];
}

/** projectcontour.io TLSCertificateDelegation (https://projectcontour.io/docs/main/config/tls-delegation/). */
export interface TlsCertificateDelegation extends KubeObject {
  readonly spec?: {
    readonly delegations?: readonly {
      readonly secretName?: string;
      /** `*` for every one. */
      readonly targetNamespaces?: readonly string[];
    }[];
  };
}
