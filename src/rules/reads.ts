import type { Rule } from './rule.ts';
import type { VisitName } from './visits.ts';

/** What a rule looks at, in Kubernetes' words: the thing it visits, what it cannot do without, what adds evidence. */
export interface RuleReads {
  readonly visits: string;
  readonly needs: readonly string[];
  readonly uses: readonly string[];
}

const VISITS: Readonly<Record<VisitName, string>> = {
  ingress: 'Ingress',
  controller: 'controller',
  route: 'Ingress rule',
  tls: 'TLS entry',
  backend: 'Ingress backend',
  service: 'Service',
  pod: 'Pod',
  workload: 'workload',
  node: 'Node',
  cluster: 'cluster',
};

/** Reads whose names are not already the words for them. */
const WORDS: Readonly<Record<string, string>> = {
  allIngresses: 'Ingresses',
  ingressClasses: 'IngressClasses',
  instances: 'controllers',
  pods: 'Pods',
  controlPods: "Pods of the controller's control plane",
  services: 'Services',
  config: "controller's ConfigMap",
  nodes: 'Nodes',
  node: 'Node',
  secret: 'Secret',
  secrets: 'Secrets',
  service: 'Service',
  namesakes: 'Services of other namespaces',
  slices: 'EndpointSlices',
  namespaceWorkloads: 'workloads of the namespace',
  namespacePods: 'Pods of the namespace',
  policies: 'NetworkPolicies',
  callers: "controller's Pods",
  callerNamespace: "controller's Namespace",
  callerPolicies: "NetworkPolicies of the controller's namespace",
  namespace: 'Namespace',
  controllerLogs: "controller's logs",
  controllerServices: "controller's Services",
  metrics: 'PodMetrics',
  replicaSets: 'ReplicaSets',
  hpas: 'HorizontalPodAutoscalers',
  quotas: 'ResourceQuotas',
  dnsService: 'Service of cluster DNS',
  dnsSlices: 'EndpointSlices of cluster DNS',
  dnsPods: 'Pods of cluster DNS',
  dnsConfig: 'ConfigMap of CoreDNS',
  dnsLogs: 'logs of CoreDNS',
  agents: 'DaemonSets of kube-system',
  podEvents: 'events of the Pods',
  vendorPolicies: "policies of the CNI plugin's own kinds",
  peerAuthentications: 'PeerAuthentications',
  authorizationPolicies: 'AuthorizationPolicies',
  virtualServices: 'VirtualServices',
  destinationRules: 'DestinationRules',
  traefikObjects: "Traefik's custom resources that annotations name",
  httpProxies: 'HTTPProxies',
  balancerPods: 'Pods of ServiceLB',
  addressPools: 'IPAddressPools',
  backendConfigs: 'BackendConfigs',
};

/** What the rule reads, for lists of rules. */
export function readsOf({ visits, needs, uses = [] }: Rule): RuleReads {
  return { visits: VISITS[visits], needs: needs.map(wordsOf), uses: uses.map(wordsOf) };
}

/** `secretOwners` reads `secret owners` where there is no better word. */
function wordsOf(name: string): string {
  return WORDS[name] ?? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** In one phrase: `Service; Pods, EndpointSlices; also events`. */
export function showReads({ visits, needs, uses }: RuleReads): string {
  const also = uses.length === 0 ? [] : [`also ${uses.join(', ')}`];
  return [visits, ...(needs.length === 0 ? [] : [needs.join(', ')]), ...also].join('; ');
}
