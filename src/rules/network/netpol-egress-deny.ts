import { kubectl } from '../../kubernetes/command.ts';
import { decide, type PolicyEnd, policyEndOf } from '../../kubernetes/network-policy.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { Namespace, NetworkPolicy } from '../../kubernetes/types.ts';
import type { Evidence, Report } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { BackendTrace, PodTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { type ConnectionFacts, judgeConnections } from '../shared/controller-connections.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { failedLookups, NAME_LOOKUP_CONSEQUENCES } from '../shared/name-lookups.ts';
import { patchObject } from '../shared/patch.ts';
import { livePods } from '../shared/service-pods.ts';

export const netpolEgressDeny = defineRule({
  code: 'GD5103',
  name: 'netpol-egress-deny',
  title: "an egress NetworkPolicy stops the controller, or the application's name lookups",
  hop: 'network',
  severity: 'high',
  confidence: 'likely',
  symptom: 'connect-timeout',
  explains: [...NAME_LOOKUP_CONSEQUENCES, 'upstream-connect-timeout'],
  visits: 'service',
  needs: ['pods', 'policies', 'callers', 'callerPolicies'],
  uses: ['callerNamespace', 'namespace'],

  *check({ backend, pods, policies, namespace, callers, callerPolicies, callerNamespace }) {
    const facts = { backend, pods, namespace, callers, callerNamespace };
    yield* reportController(facts, callerPolicies);
    yield* reportNameLookups(backend, pods, policies, namespace);
  },
});

function* reportController(facts: ConnectionFacts, policies: readonly NetworkPolicy[]): Iterable<Report> {
  if (policies.length === 0) return;
  const callers = facts.callers.filter(({ spec }) => spec?.hostNetwork !== true);
  const connections = judgeConnections({ ...facts, callers }, policies, 'egress');
  const denied = connections.filter(({ decision }) => decision.admitted !== 'yes');
  const [example] = denied;
  const policy = example?.decision.isolating[0];
  if (example === undefined || policy === undefined) return;

  const object = referenceTo(policy);
  const { namespace } = facts.backend;
  const isDoubtful = denied.every(({ decision }) => decision.admitted === 'unknown');
  const rule = {
    to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }],
    ports: [{ protocol: 'TCP', port: example.port }],
  };
  yield {
    object,
    message: `keeps the controller's Pods from connecting to the Pods of Service \`${facts.backend.serviceName}\` on port ${example.port}`,
    evidence: [policyTypes(policy), ...example.decision.isolating.map(rulesEvidence)],
    fix: {
      summary: `let the controller's Pods connect to namespace \`${namespace}\``,
      commands: [look(policy), addRule(policy, rule)],
    },
    partial: denied.length < connections.length,
    ...(isDoubtful ? { confidence: 'suspect', severity: 'info' } : {}),
  };
}

function* reportNameLookups(
  backend: BackendTrace,
  pods: readonly PodTrace[],
  policies: readonly NetworkPolicy[],
  namespace: Namespace | undefined,
): Iterable<Report> {
  const cut = livePods(pods).flatMap((trace) => {
    const policy = policyAgainstLookups(trace.pod, policies, namespace);
    return policy === undefined ? [] : [{ trace, policy }];
  });
  const [first] = cut;
  if (first === undefined) return;

  const errors = cut.flatMap(({ trace }) => failedLookups(trace));
  const object = referenceTo(first.policy);
  const rule = {
    to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }],
    ports: [
      { protocol: 'UDP', port: 53 },
      { protocol: 'TCP', port: 53 },
    ],
  };
  yield {
    object,
    message: `keeps the Pods of Service \`${backend.serviceName}\` from asking cluster DNS`,
    evidence: [rulesEvidence(first.policy), ...errors.slice(0, 2)],
    fix: {
      summary: 'let the Pods ask DNS in kube-system on port 53, UDP and TCP',
      commands: [look(first.policy), addRule(first.policy, rule)],
    },
    symptom: null,
    // An application that looks no name up works all the same.
    ...(errors.length === 0 ? { severity: 'info', confidence: 'suspect' } : {}),
  };
}

/** The policy that isolates the Pod while none lets it ask DNS. */
function policyAgainstLookups(
  pod: Pod,
  policies: readonly NetworkPolicy[],
  namespace: Namespace | undefined,
): NetworkPolicy | undefined {
  if (pod.spec?.hostNetwork === true || pod.spec?.dnsPolicy === 'None') return undefined;
  const from = policyEndOf(pod, namespace);
  const { admitted, isolating } = decide(policies, 'egress', { from, to: DNS, port: 53, protocol: 'UDP' });
  if (admitted !== 'no' || isolating.some(admitsBlockLookups)) return undefined;
  return isolating[0];
}

/** Cluster DNS as far as it is the same everywhere. */
const DNS: PolicyEnd = {
  namespace: 'kube-system',
  namespaceLabels: undefined,
  labels: { 'k8s-app': 'kube-dns' },
  addresses: [],
  hostNetwork: false,
  spec: { containers: [{ ports: [{ name: 'dns', containerPort: 53, protocol: 'UDP' }] }] },
};

/** DNS may also be reached at an address, of a node-local cache for one. */
function admitsBlockLookups({ spec }: NetworkPolicy): boolean {
  return (spec?.egress ?? []).some(({ to = [], ports = [] }) => {
    const isForDns = ports.length === 0 || ports.some(({ port }) => port === undefined || port === 53);
    return isForDns && to.some(({ ipBlock }) => ipBlock !== undefined);
  });
}

function rulesEvidence(policy: NetworkPolicy): Evidence {
  return fieldEvidence(referenceTo(policy), 'spec.egress', JSON.stringify(policy.spec?.egress ?? []));
}

function policyTypes(policy: NetworkPolicy): Evidence {
  return fieldEvidence(referenceTo(policy), 'spec.policyTypes', policy.spec?.policyTypes?.join(', '));
}

function look(policy: NetworkPolicy) {
  const { namespace, name } = referenceTo(policy);
  return { run: kubectl(namespace, 'get', 'networkpolicy', name, '-o', 'yaml'), effect: 'looks' } as const;
}

function addRule(policy: NetworkPolicy, rule: object) {
  const hasRules = (policy.spec?.egress ?? []).length > 0;
  const field = hasRules ? 'spec.egress[-]' : 'spec.egress';
  return patchObject(referenceTo(policy), [{ op: 'add', field, value: hasRules ? rule : [rule] }]);
}
