import type { KubeObject, LabelSelector } from '../types.ts';

/** Policies of CNI plugins, whose rules are not evaluated: only which Pods they select. */

/** cilium.io CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy (https://docs.cilium.io/en/stable/network/kubernetes/policy/). */
export interface CiliumPolicy extends KubeObject {
  readonly spec?: { readonly endpointSelector?: LabelSelector };
}

/** crd.projectcalico.org GlobalNetworkPolicy (https://docs.tigera.io/calico/latest/reference/resources/globalnetworkpolicy). */
export interface CalicoPolicy extends KubeObject {
  readonly spec?: {
    /** Calico's own selector language, such as `app == 'web'`; empty or `all()` for everything. */
    readonly selector?: string;
    /** `Ingress`, `Egress`. */
    readonly types?: readonly string[];
  };
}

/** policy.networking.k8s.io AdminNetworkPolicy (https://network-policy-api.sigs.k8s.io/). */
export interface AdminNetworkPolicy extends KubeObject {
  readonly spec?: {
    readonly subject?: { readonly namespaces?: LabelSelector };
    readonly ingress?: readonly { readonly action?: string }[];
  };
}
