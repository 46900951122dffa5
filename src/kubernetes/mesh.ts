import type { AuthorizationPolicy, PeerAuthentication } from './custom/istio.ts';
import type { Pod } from './pod-types.ts';
import { matchesLabels } from './selector.ts';

/** Whether Istio's sidecar stands beside the Pod's containers, as a container or as a restartable init container. */
export function isMeshed({ spec }: Pod): boolean {
  return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].some(
    ({ name }) => name === 'istio-proxy',
  );
}

/** Whether requests to the Pod's port pass its sidecar, by the annotations that steer the capture of traffic. */
export function isCaptured({ metadata }: Pod, port: number): boolean {
  const { annotations = {} } = metadata ?? {};
  if (portsIn(annotations['traffic.sidecar.istio.io/excludeInboundPorts']).includes(`${port}`)) return false;
  const included = annotations['traffic.sidecar.istio.io/includeInboundPorts'];
  return included === undefined || included === '*' || portsIn(included).includes(`${port}`);
}

function portsIn(list: string | undefined): readonly string[] {
  return (list ?? '').split(',').map((port) => port.trim());
}

/** Who says what kind of connection the Pod takes: the mode in force, and the policy that sets it. */
export interface EffectiveMutualTls {
  readonly mode: string;
  readonly policy: PeerAuthentication;
}

/**
 * The PeerAuthentication in force on a Pod's port: of its port, of its workload, of its namespace, of the mesh, the
 * first that says anything; of equals the oldest. Undefined where none does, which means PERMISSIVE.
 * (https://istio.io/latest/docs/reference/config/security/peer_authentication/)
 */
export function mutualTlsOf(
  pod: Pod,
  port: number,
  policies: readonly PeerAuthentication[],
): EffectiveMutualTls | undefined {
  const namespace = pod.metadata?.namespace;
  const oldestFirst = policies.toSorted(
    (a, b) => Number(created(a) > created(b)) - Number(created(a) < created(b)),
  );
  const own = oldestFirst.filter((policy) => policy.metadata?.namespace === namespace);
  const ofWorkload = own.filter((policy) => isSelective(policy) && selects(policy, pod));
  const steps = [
    ...ofWorkload.map((policy) => ({ policy, mode: policy.spec?.portLevelMtls?.[port]?.mode })),
    ...ofWorkload.map((policy) => ({ policy, mode: policy.spec?.mtls?.mode })),
    ...own
      .filter((policy) => !isSelective(policy))
      .map((policy) => ({ policy, mode: policy.spec?.mtls?.mode })),
    ...oldestFirst
      .filter((policy) => policy.metadata?.namespace !== namespace && !isSelective(policy))
      .map((policy) => ({ policy, mode: policy.spec?.mtls?.mode })),
  ];
  for (const { policy, mode } of steps) if (mode !== undefined && mode !== 'UNSET') return { policy, mode };
  return undefined;
}

function created({ metadata }: PeerAuthentication): string {
  return metadata?.creationTimestamp ?? '';
}

function isSelective({ spec }: PeerAuthentication): boolean {
  return Object.keys(spec?.selector?.matchLabels ?? {}).length > 0;
}

/** Whether a policy is about the Pod: without labels about all of its namespace (in the mesh's root namespace, of all). */
export function selects({ spec }: PeerAuthentication | AuthorizationPolicy, { metadata }: Pod): boolean {
  return matchesLabels(spec?.selector?.matchLabels ?? {}, metadata?.labels);
}
