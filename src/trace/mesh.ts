import { isMeshed } from '../kubernetes/mesh.ts';
import type { Pod } from '../kubernetes/pod-types.ts';
import { found, joinReads, type Read, valueOr } from '../model/read.ts';
import type { MeshTrace, VendorPolicy } from '../model/trace.ts';
import type { Lookup } from './lookup.ts';

/** Istio's root namespace, unless its installation says otherwise. */
const ROOT = 'istio-system';

/** What Istio is told about Pods that have its sidecar: policies of their namespace and of the mesh, and routing. */
export function traceMesh(lookup: Lookup, namespace: string, pods: Read<readonly Pod[]>): MeshTrace {
  if (!valueOr(pods, []).some(isMeshed)) {
    return {
      peerAuthentications: found([]),
      authorizationPolicies: found([]),
      virtualServices: found([]),
      destinationRules: found([]),
    };
  }
  const scopes = [...new Set([namespace, ROOT])].map((each) => ({ namespace: each }));
  return {
    peerAuthentications: joinReads(scopes.map((scope) => lookup.listServed('PeerAuthentication', scope))),
    authorizationPolicies: joinReads(scopes.map((scope) => lookup.listServed('AuthorizationPolicy', scope))),
    virtualServices: lookup.listServed('VirtualService', { namespace }),
    destinationRules: joinReads(scopes.map((scope) => lookup.listServed('DestinationRule', scope))),
  };
}

/** Policies in the CNI plugins' own kinds that may be about Pods of the namespace. */
export function traceVendorPolicies(lookup: Lookup, namespace: string): Read<readonly VendorPolicy[]> {
  return joinReads<VendorPolicy>([
    lookup.listServed('CiliumNetworkPolicy', { namespace }),
    lookup.listServed('CiliumClusterwideNetworkPolicy', {}),
    lookup.listServed('GlobalNetworkPolicy', {}),
    lookup.listServed('AdminNetworkPolicy', {}),
  ]);
}
