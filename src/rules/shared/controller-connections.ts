import {
  type Connection,
  closedToAll,
  type Direction,
  decide,
  type PolicyDecision,
  policyEndOf,
} from '../../kubernetes/network-policy.ts';
import { isPodFinished, isPodTerminating } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import { resolveTargetPort } from '../../kubernetes/ports.ts';
import type { Namespace, NetworkPolicy } from '../../kubernetes/types.ts';
import type { BackendTrace, PodTrace } from '../../model/trace.ts';
import { readyPods } from './service-pods.ts';

/** One connection from a Pod of the controller to a Pod behind the Service, and what NetworkPolicies say of it. */
export interface JudgedConnection {
  readonly caller: Pod;
  readonly pod: PodTrace;
  /** The Pod's own port. */
  readonly port: number;
  readonly decision: PolicyDecision;
}

/** Both ends of the connections that requests take, and where the namespaces' labels could be read those. */
export interface ConnectionFacts {
  readonly backend: BackendTrace;
  readonly pods: readonly PodTrace[];
  readonly namespace: Namespace | undefined;
  readonly callers: readonly Pod[];
  readonly callerNamespace: Namespace | undefined;
}

/**
 * Judges every connection from the controller's Pods to the Ready Pods behind the Service, on the port that each
 * resolves. Pods in their node's network are left out as receivers: no NetworkPolicy applies to them.
 */
export function judgeConnections(
  facts: ConnectionFacts,
  policies: readonly NetworkPolicy[],
  direction: Direction,
): readonly JudgedConnection[] {
  const servicePort = facts.backend.port?.port;
  if (servicePort === undefined) return [];
  const callers = facts.callers.filter((pod) => !isPodFinished(pod) && !isPodTerminating(pod));
  return readyPods(facts.pods).flatMap((pod) => {
    const port = resolveTargetPort(pod.pod, servicePort);
    if (port === undefined || (direction === 'ingress' && pod.pod.spec?.hostNetwork === true)) return [];
    const to = policyEndOf(pod.pod, facts.namespace);
    return callers.map((caller): JudgedConnection => {
      const from = policyEndOf(caller, facts.callerNamespace);
      const connection: Connection = { from, to, port, protocol: 'TCP' };
      return { caller, pod, port, decision: decide(policies, direction, connection) };
    });
  });
}

/** A Ready Pod behind the Service whose port no policy opens to anybody, whoever the controller may be. */
export interface ClosedConnection extends Pick<JudgedConnection, 'pod' | 'port'> {
  readonly decision: Pick<PolicyDecision, 'isolating' | 'otherPorts'>;
}

/** As judgeConnections, for where the controller's Pods are not known. */
export function closedConnections(
  { backend, pods, namespace }: Pick<ConnectionFacts, 'backend' | 'pods' | 'namespace'>,
  policies: readonly NetworkPolicy[],
): readonly ClosedConnection[] {
  const servicePort = backend.port?.port;
  if (servicePort === undefined) return [];
  return readyPods(pods).flatMap((pod) => {
    const port = resolveTargetPort(pod.pod, servicePort);
    if (port === undefined || pod.pod.spec?.hostNetwork === true) return [];
    const to = policyEndOf(pod.pod, namespace);
    const decision = closedToAll(policies, { to, port, protocol: 'TCP' });
    return decision === undefined ? [] : [{ pod, port, decision }];
  });
}
