import { kubectl } from '../../kubernetes/command.ts';
import { type OtherPorts, showPolicyPorts } from '../../kubernetes/network-policy.ts';
import { servicePortField, showServicePort, targetPortOf } from '../../kubernetes/ports.ts';
import type { ServicePort } from '../../kubernetes/types.ts';
import type { Command } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import {
  type ClosedConnection,
  closedConnections,
  type JudgedConnection,
  judgeConnections,
} from '../shared/controller-connections.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { patchObject } from '../shared/patch.ts';
import { readyPods } from '../shared/service-pods.ts';

export const netpolPortMismatch = defineRule({
  code: 'GD5102',
  name: 'netpol-port-mismatch',
  title: 'a NetworkPolicy admits the controller on another port than that of the Pods',
  hop: 'network',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'connect-timeout',
  explains: ['netpol-ingress-deny', 'upstream-connect-timeout'],
  visits: 'service',
  needs: ['policies', 'pods'],
  uses: ['callers', 'callerNamespace', 'namespace'],

  *check({ trace, backend, service, pods, policies, callers, callerNamespace, namespace }) {
    const port = backend.port?.port;
    if (port === undefined || policies.length === 0) return;
    const facts = { backend, pods, namespace, callers: callers ?? [], callerNamespace };
    const isUnknownCaller = facts.callers.length === 0;
    const connections = judgeConnections(facts, policies, 'ingress');
    const denied = isUnknownCaller
      ? closedConnections(facts, policies).filter(({ decision }) => decision.otherPorts.length > 0)
      : connections.filter(({ decision }) => decision.admitted === 'no' && decision.otherPorts.length > 0);
    const [example] = denied;
    if (example === undefined) return;
    const { otherPorts } = example.decision;
    const other = otherPorts.find((each) => admitsServicePort(each, port)) ?? otherPorts[0];
    if (other === undefined) return;

    const object = referenceTo(other.policy);
    const admitted = showPolicyPorts(other.rule);
    const isServicePort = admitsServicePort(other, port);
    yield {
      object,
      message: isServicePort
        ? `admits ${trace.controller.profile.title} on the Service port ${admitted}, but policies apply to the Pod port, which is ${example.port}`
        : `admits ${trace.controller.profile.title} on ${admitted} only, but the Pod port is ${example.port}`,
      evidence: [
        fieldEvidence(object, `${other.field}.ports`, admitted),
        fieldEvidence(
          referenceTo(service),
          servicePortField(service, port),
          `${showServicePort(port)} → targetPort ${targetPortOf(port) ?? ''}`,
        ),
        fieldEvidence(example.pod.reference, 'port of the Pod', example.port),
      ],
      fix: {
        summary: `admit port ${example.port} in the policy`,
        commands: [
          {
            run: kubectl(object.namespace, 'get', 'networkpolicy', object.name, '-o', 'yaml'),
            effect: 'looks',
          },
          admitPort(other, port, example.port),
        ],
      },
      partial: denied.length < (isUnknownCaller ? readyPods(pods).length : connections.length),
      // The policy's mistake is plain; whether other ports were left out on purpose is not.
      confidence: isServicePort && !isUnknownCaller ? 'certain' : 'likely',
      ...(denied.every(isOfNodeNetwork) ? { severity: 'info', confidence: 'suspect' } : {}),
    };
  },
});

function isOfNodeNetwork(connection: ClosedConnection | JudgedConnection): boolean {
  return 'caller' in connection && connection.caller.spec?.hostNetwork === true;
}

function admitsServicePort({ rule }: OtherPorts, { port, name }: ServicePort): boolean {
  return (rule.ports ?? []).some((entry) => entry.port === port || entry.port === name);
}

/** Puts the Pod port in the place of the Service port, or adds it. */
function admitPort(
  { policy, field, rule }: OtherPorts,
  { port, name }: ServicePort,
  podPort: number,
): Command {
  const index = (rule.ports ?? []).findIndex((entry) => entry.port === port || entry.port === name);
  const object = referenceTo(policy);
  return index < 0
    ? patchObject(object, [
        { op: 'add', field: `${field}.ports[-]`, value: { protocol: 'TCP', port: podPort } },
      ])
    : patchObject(object, [{ op: 'replace', field: `${field}.ports[${index}].port`, value: podPort }]);
}
