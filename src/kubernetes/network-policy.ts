import { cidrContains } from './cidr.ts';
import type { Pod, PodSpec } from './pod-types.ts';
import { namedPort } from './ports.ts';
import { matchesLabelSelector } from './selector.ts';
import type {
  LabelSelector,
  Namespace,
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyRule,
  StringMap,
} from './types.ts';

/** One end of a connection between Pods, as a NetworkPolicy sees it. */
export interface PolicyEnd {
  readonly namespace: string;
  /** Undefined: the namespace could not be read; of its labels only `kubernetes.io/metadata.name` is known then. */
  readonly namespaceLabels: StringMap | undefined;
  readonly labels: StringMap;
  readonly addresses: readonly string[];
  /** It speaks from its node's address, for which Pod and namespace selectors do not count. */
  readonly hostNetwork: boolean;
  /** Of the receiving end, for ports given by name. */
  readonly spec?: PodSpec | undefined;
}

/** A connection that a policy may or may not admit; `port` is the Pod's own, after the Service's translation. */
export interface Connection {
  readonly from: PolicyEnd;
  readonly to: PolicyEnd;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
}

export type Direction = 'ingress' | 'egress';

/** What a set of policies says about a connection. */
export interface PolicyDecision {
  /** `unknown`: a rule asks for labels of a namespace that could not be read. */
  readonly admitted: 'yes' | 'no' | 'unknown';
  /** The policies that select the Pod in this direction; none: everything is admitted. */
  readonly isolating: readonly NetworkPolicy[];
  /** The policy with the rule that admits it. */
  readonly admitting?: NetworkPolicy;
  /** Rules that admit the other end, but not on this port. */
  readonly otherPorts: readonly OtherPorts[];
}

/** A rule that admits the other end on other ports than the one asked for. */
export interface OtherPorts {
  readonly policy: NetworkPolicy;
  /** Where the rule stands: `spec.ingress[0]`. */
  readonly field: string;
  readonly rule: NetworkPolicyRule;
}

type Answer = 'yes' | 'no' | 'unknown';

/**
 * Whether the policies admit the connection into its receiver (`ingress`) or out of its sender (`egress`),
 * by the rules of https://kubernetes.io/docs/concepts/services-networking/network-policies/:
 * policies add up, a Pod that none selects is open, and an empty list of peers or ports means every one.
 */
export function decide(
  policies: readonly NetworkPolicy[],
  direction: Direction,
  connection: Connection,
): PolicyDecision {
  const subject = direction === 'ingress' ? connection.to : connection.from;
  const peer = direction === 'ingress' ? connection.from : connection.to;
  const isolating = policies.filter((policy) => selects(policy, direction, subject));
  const otherPorts: OtherPorts[] = [];
  if (isolating.length === 0) return { admitted: 'yes', isolating, otherPorts };

  let admitted: Answer = 'no';
  for (const policy of isolating) {
    const rules = (direction === 'ingress' ? policy.spec?.ingress : policy.spec?.egress) ?? [];
    for (const [index, rule] of rules.entries()) {
      const answer = matchesPeers(direction === 'ingress' ? rule.from : rule.to, policy, peer);
      if (answer === 'no') continue;
      if (!matchesPorts(rule, connection)) {
        if (answer === 'yes') otherPorts.push({ policy, rule, field: `spec.${direction}[${index}]` });
        continue;
      }
      if (answer === 'yes') return { admitted: 'yes', isolating, admitting: policy, otherPorts };
      admitted = 'unknown';
    }
  }
  return { admitted, isolating, otherPorts };
}

/**
 * The policies that isolate a Pod and of which no rule admits anybody to the port, with the rules that are about other
 * ports; undefined where somebody is admitted.
 */
export function closedToAll(
  policies: readonly NetworkPolicy[],
  { to, port, protocol }: Omit<Connection, 'from'>,
): Pick<PolicyDecision, 'isolating' | 'otherPorts'> | undefined {
  const isolating = policies.filter((policy) => selects(policy, 'ingress', to));
  const rules = isolating.flatMap((policy) =>
    (policy.spec?.ingress ?? []).map((rule, index) => ({ policy, rule, field: `spec.ingress[${index}]` })),
  );
  const isOpen =
    isolating.length === 0 || rules.some(({ rule }) => matchesPorts(rule, { to, port, protocol }));
  return isOpen ? undefined : { isolating, otherPorts: rules };
}

/** Whether the policy isolates the Pod in that direction. An absent podSelector counts as empty: it selects all. */
export function selects(policy: NetworkPolicy, direction: Direction, pod: PolicyEnd): boolean {
  if (policy.metadata?.namespace !== pod.namespace) return false;
  return isAbout(policy, direction) && matchesLabelSelector(policy.spec?.podSelector ?? {}, pod.labels);
}

/** Without `policyTypes` a policy is about ingress, and about egress only where it has egress rules. */
function isAbout({ spec }: NetworkPolicy, direction: Direction): boolean {
  const types = spec?.policyTypes ?? [];
  if (types.length > 0) return types.includes(direction === 'ingress' ? 'Ingress' : 'Egress');
  return direction === 'ingress' || (spec?.egress ?? []).length > 0;
}

function matchesPeers(
  peers: readonly NetworkPolicyPeer[] | undefined,
  policy: NetworkPolicy,
  end: PolicyEnd,
): Answer {
  if (peers === undefined || peers.length === 0) return 'yes';
  return best(peers.map((peer) => matchesPeer(peer, policy, end)));
}

function matchesPeer(
  { ipBlock, podSelector, namespaceSelector }: NetworkPolicyPeer,
  policy: NetworkPolicy,
  end: PolicyEnd,
): Answer {
  if (ipBlock !== undefined) {
    const { cidr = '', except = [] } = ipBlock;
    const isInside = (address: string) =>
      cidrContains(cidr, address) && !except.some((block) => cidrContains(block, address));
    return end.addresses.some(isInside) ? 'yes' : 'no';
  }
  if (end.hostNetwork || (podSelector === undefined && namespaceSelector === undefined)) return 'no';
  if (podSelector !== undefined && !matchesLabelSelector(podSelector, end.labels)) return 'no';
  if (namespaceSelector !== undefined) return matchesNamespace(namespaceSelector, end);
  return policy.metadata?.namespace === end.namespace ? 'yes' : 'no';
}

function matchesNamespace(selector: LabelSelector, { namespace, namespaceLabels }: PolicyEnd): Answer {
  // The API server sets this label on every namespace.
  const known = { ...namespaceLabels, [NAMESPACE_NAME_LABEL]: namespace };
  if (namespaceLabels === undefined && !asksOnlyName(selector)) {
    return 'unknown';
  }
  return matchesLabelSelector(selector, known) ? 'yes' : 'no';
}

const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

function asksOnlyName({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  const keys = [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)];
  return keys.every((key) => key === NAMESPACE_NAME_LABEL);
}

function matchesPorts(
  { ports }: NetworkPolicyRule,
  { to, port, protocol }: Omit<Connection, 'from'>,
): boolean {
  if (ports === undefined || ports.length === 0) return true;
  return ports.some((entry) => {
    if ((entry.protocol ?? 'TCP') !== protocol) return false;
    if (entry.port === undefined) return true;
    if (typeof entry.port === 'string') return namedPort(to.spec, entry.port, protocol) === port;
    return port >= entry.port && port <= (entry.endPort ?? entry.port);
  });
}

/** The ports of a rule as evidence shows them: `80/TCP, 8000-8999/TCP`. */
export function showPolicyPorts({ ports = [] }: NetworkPolicyRule): string {
  const shown = ports.map(({ port, endPort, protocol = 'TCP' }) => {
    const range = endPort === undefined ? `${port ?? 'any'}` : `${port ?? ''}-${endPort}`;
    return `${range}/${protocol}`;
  });
  return shown.join(', ') || 'any';
}

/** A Pod as one end of a connection. A Pod of its node's network speaks from the node's address. */
export function policyEndOf({ metadata, spec, status }: Pod, namespace: Namespace | undefined): PolicyEnd {
  const hostNetwork = spec?.hostNetwork === true;
  const own = [status?.podIP, ...(status?.podIPs ?? []).map(({ ip }) => ip)];
  const addresses = hostNetwork ? [status?.hostIP, ...own] : own;
  return {
    namespace: metadata?.namespace ?? '',
    namespaceLabels: namespace && (namespace.metadata?.labels ?? {}),
    labels: metadata?.labels ?? {},
    addresses: [...new Set(addresses)].filter((address) => address !== undefined),
    hostNetwork,
    spec,
  };
}

function best(answers: readonly Answer[]): Answer {
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}
