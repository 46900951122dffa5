import type { Rule } from '../rule.ts';
import { cniDown } from './cni-down.ts';
import { crossNodeBlocked } from './cross-node-blocked.ts';
import { istioPortNaming } from './istio-port-naming.ts';
import { istioSubsetMissing } from './istio-subset-missing.ts';
import { kubeProxyDown } from './kube-proxy-down.ts';
import { meshAuthzDeny } from './mesh-authz-deny.ts';
import { meshControllerInjected } from './mesh-controller-injected.ts';
import { meshMtlsStrict } from './mesh-mtls-strict.ts';
import { netpolEgressDeny } from './netpol-egress-deny.ts';
import { netpolIngressDeny } from './netpol-ingress-deny.ts';
import { netpolPortMismatch } from './netpol-port-mismatch.ts';
import { netpolVendorPolicy } from './netpol-vendor-policy.ts';

/** In the order of their codes. */
export const NETWORK_RULES: readonly Rule[] = [
  netpolIngressDeny,
  netpolPortMismatch,
  netpolEgressDeny,
  netpolVendorPolicy,
  meshMtlsStrict,
  meshAuthzDeny,
  meshControllerInjected,
  istioPortNaming,
  istioSubsetMissing,
  kubeProxyDown,
  cniDown,
  crossNodeBlocked,
];
