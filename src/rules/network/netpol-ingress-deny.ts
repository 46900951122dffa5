import { kubectl } from '../../kubernetes/command.ts';
import { decide, policyEndOf } from '../../kubernetes/network-policy.ts';
import { resolveTargetPort } from '../../kubernetes/ports.ts';
import type { NetworkPolicy, ServicePort } from '../../kubernetes/types.ts';
import type { Command, Evidence, Report } from '../../model/finding.ts';
import { type ObjectReference, referenceTo } from '../../model/reference.ts';
import type { PodTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import {
  type ClosedConnection,
  closedConnections,
  type JudgedConnection,
  judgeConnections,
} from '../shared/controller-connections.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { eventLine, eventsOf, type SeenEvent } from '../shared/log-events.ts';
import { patchObject } from '../shared/patch.ts';
import { showLabels } from '../shared/selector-near-miss.ts';
import { readyPods } from '../shared/service-pods.ts';
import { lastEventOn } from '../shared/upstream-attempts.ts';

export const netpolIngressDeny = defineRule({
  code: 'GD5101',
  name: 'netpol-ingress-deny',
  title: 'NetworkPolicies isolate the Pods and none admits the controller',
  hop: 'network',
  severity: 'critical',
  confidence: 'likely',
  symptom: 'connect-timeout',
  explains: ['upstream-connect-timeout'],
  visits: 'service',
  needs: ['policies', 'pods'],
  uses: ['callers', 'callerNamespace', 'namespace', 'controllerLogs'],

  *check({ now, trace, backend, pods, policies, callers, callerNamespace, namespace, controllerLogs }) {
    const port = backend.port?.port;
    if (policies.length === 0 || port === undefined) return;
    const { title } = trace.controller.profile;
    if (callers === undefined || callers.length === 0) {
      const shut = closedConnections({ backend, pods, namespace }, policies);
      if (shut.length > 0) {
        yield* deniedToAll(
          shut.filter(({ decision }) => decision.otherPorts.length === 0),
          readyPods(pods).length,
        );
        return;
      }
      const closed = readyPods(pods).flatMap((each) => closedToUnknown(each, policies, port) ?? []);
      const [first] = closed;
      if (first === undefined) return;
      if (callers === undefined) yield { cannotTell: 'callers' };
      if (!first.isolating.some(namesBlocks)) yield unknownCaller(first, title);
      return;
    }

    const facts = { backend, pods, namespace, callers, callerNamespace };
    const connections = judgeConnections(facts, policies, 'ingress');
    // What is admitted on another port is for netpol-port-mismatch.
    const denied = connections.filter(
      ({ decision }) => decision.admitted !== 'yes' && decision.otherPorts.length === 0,
    );
    const [example] = denied;
    const policy = example?.decision.isolating[0];
    if (example === undefined || policy === undefined) return;

    if (denied.some(({ decision }) => decision.admitted === 'unknown'))
      yield { cannotTell: 'callerNamespace' };
    const isDoubtful = denied.every(
      ({ caller, decision }) => caller.spec?.hostNetwork === true || decision.admitted === 'unknown',
    );
    const log = findTimeout(denied, eventsOf(trace, controllerLogs, now));
    yield {
      object: referenceTo(policy),
      message: `isolates the Pods of Service \`${backend.serviceName}\`, and no policy admits ${title} from namespace \`${example.caller.metadata?.namespace ?? ''}\` to port ${example.port}`,
      evidence: [...policyEvidence(example), ...(log === undefined ? [] : [log])],
      fix: {
        summary: `admit the controller's namespace to port ${example.port} in a NetworkPolicy`,
        commands: [lookAt(referenceTo(policy)), ...(isDoubtful ? [] : [admitCaller(example)])],
      },
      partial: denied.length < connections.length,
      ...weightOf(isDoubtful, log !== undefined),
    };
  },
});

/** Whoever the controller may be: nobody is admitted. */
function* deniedToAll(shut: readonly ClosedConnection[], podCount: number): Generator<Report> {
  const [example] = shut;
  const [policy, ...rest] = example?.decision.isolating ?? [];
  if (example === undefined || policy === undefined) return;
  yield {
    object: referenceTo(policy),
    message: `isolates the Pods, and no policy admits anybody to port ${example.port}`,
    evidence: [
      selectorEvidence(policy),
      fieldEvidence(
        example.pod.reference,
        'metadata.labels',
        showLabels(example.pod.pod.metadata?.labels ?? {}),
      ),
      ...[policy, ...rest].slice(0, 4).map(peersEvidence),
    ],
    fix: {
      summary: `admit the controller to port ${example.port} in a NetworkPolicy`,
      commands: [lookAt(referenceTo(policy))],
    },
    partial: shut.length < podCount,
  };
}

/** Timeouts at just those Pods make up for doubts about how the caller appears to the policies. */
function weightOf(isDoubtful: boolean, isSeen: boolean): Pick<Report, 'confidence' | 'severity'> {
  if (!isDoubtful) return { confidence: isSeen ? 'certain' : 'likely' };
  return isSeen ? { confidence: 'likely' } : { confidence: 'suspect', severity: 'info' };
}

interface ClosedPod {
  readonly port: number;
  readonly isolating: readonly [NetworkPolicy, ...NetworkPolicy[]];
}

/** The port of a Pod and the policies that isolate it, where these do not admit just everybody. */
function closedToUnknown(
  { pod }: PodTrace,
  policies: readonly NetworkPolicy[],
  servicePort: ServicePort,
): ClosedPod | undefined {
  const port = resolveTargetPort(pod, servicePort);
  if (port === undefined || pod.spec?.hostNetwork === true) return undefined;
  const nobody = { namespace: '', namespaceLabels: {}, labels: {}, addresses: [], hostNetwork: true };
  const connection = { from: nobody, to: policyEndOf(pod, undefined), port, protocol: 'TCP' } as const;
  const { admitted, isolating } = decide(policies, 'ingress', connection);
  const [first, ...rest] = isolating;
  return admitted === 'yes' || first === undefined ? undefined : { port, isolating: [first, ...rest] };
}

/** Where the controller's address is not known, policies that admit no block of addresses are worth a word. */
function unknownCaller({ port, isolating }: ClosedPod, title: string): Report {
  const [policy] = isolating;
  return {
    object: referenceTo(policy),
    message: `isolates the Pods, and whether a policy admits ${title} to port ${port} could not be told`,
    evidence: [selectorEvidence(policy), ...isolating.map(peersEvidence)],
    fix: {
      summary: 'make sure that a NetworkPolicy admits the controller',
      commands: [lookAt(referenceTo(policy))],
    },
    severity: 'info',
    confidence: 'suspect',
  };
}

function namesBlocks({ spec }: NetworkPolicy): boolean {
  return (spec?.ingress ?? []).some(({ from }) => from?.some(({ ipBlock }) => ipBlock !== undefined));
}

function policyEvidence({ caller, pod, decision }: JudgedConnection): [Evidence, ...Evidence[]] {
  const [first, ...rest] = decision.isolating.slice(0, 4);
  const object = referenceTo(caller);
  const from = caller.spec?.hostNetwork
    ? fieldEvidence(object, 'spec.hostNetwork', true)
    : fieldEvidence(object, 'metadata.labels', showLabels(caller.metadata?.labels ?? {}));
  return [
    fieldEvidence(pod.reference, 'metadata.labels', showLabels(pod.pod.metadata?.labels ?? {})),
    ...(first === undefined ? [] : [selectorEvidence(first), peersEvidence(first)]),
    ...rest.map(peersEvidence),
    from,
  ];
}

function selectorEvidence(policy: NetworkPolicy): Evidence {
  const { podSelector = {} } = policy.spec ?? {};
  return fieldEvidence(referenceTo(policy), 'spec.podSelector', JSON.stringify(podSelector));
}

function peersEvidence(policy: NetworkPolicy): Evidence {
  const rules = policy.spec?.ingress ?? [];
  return fieldEvidence(referenceTo(policy), 'spec.ingress', JSON.stringify(rules));
}

function findTimeout(
  connections: readonly JudgedConnection[],
  events: readonly SeenEvent[],
): Evidence | undefined {
  for (const { pod, port } of connections) {
    const found = lastEventOn(events, pod.pod, port, 'connect-timeout');
    if (found !== undefined) return eventLine(found);
  }
  return undefined;
}

function lookAt({ namespace, name }: ObjectReference): Command {
  return { run: kubectl(namespace, 'get', 'networkpolicy', name, '-o', 'yaml'), effect: 'looks' };
}

/** Adds a rule to the policy that selects fewest Pods, as far as that can be told. */
function admitCaller({ caller, port, decision: { isolating } }: JudgedConnection): Command {
  const isNarrow = ({ spec }: NetworkPolicy) => Object.keys(spec?.podSelector ?? {}).length > 0;
  const policy = isolating.find(isNarrow) ?? isolating[0] ?? {};
  const namespaceLabels = { 'kubernetes.io/metadata.name': caller.metadata?.namespace ?? '' };
  const rule = {
    from: [{ namespaceSelector: { matchLabels: namespaceLabels } }],
    ports: [{ protocol: 'TCP', port }],
  };
  const hasRules = (policy.spec?.ingress ?? []).length > 0;
  const field = hasRules ? 'spec.ingress[-]' : 'spec.ingress';
  return patchObject(referenceTo(policy), [{ op: 'add', field, value: hasRules ? rule : [rule] }]);
}
