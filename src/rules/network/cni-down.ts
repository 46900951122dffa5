import { kubectl } from '../../kubernetes/command.ts';
import { findCondition, isPodFinished, isPodReady } from '../../kubernetes/pod.ts';
import type { Condition, Node } from '../../kubernetes/types.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { agentEvidence, CNI_AGENT, isAgentDown, namedAgent } from '../shared/agents.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { MISSING_POD_CONSEQUENCES } from '../shared/pod-consequences.ts';

export const cniDown = defineRule({
  code: 'GD5121',
  name: 'cni-down',
  title: 'the CNI plugin gives a Node of the backend no network',
  hop: 'network',
  severity: 'critical',
  confidence: 'certain',
  explains: ['node-not-ready', 'pod-sandbox', ...MISSING_POD_CONSEQUENCES],
  visits: 'node',
  needs: [],
  uses: ['agents'],

  *check({ node, pods, agents }) {
    const complaint = complaintOf(node);
    if (complaint === undefined) return;
    const isHurting = pods.some((pod) => !isPodReady(pod) && !isPodFinished(pod));
    const object = referenceTo(node);
    const { type, status, reason, message, lastTransitionTime } = complaint;
    const plugin = (agents ?? []).find((agent) => namedAgent(agent, CNI_AGENT));
    const field = `status.conditions[${type}]`;
    yield {
      object,
      message: 'has no network: its CNI plugin is not set up',
      ...(isHurting ? {} : { severity: 'high' as const }),
      ...(lastTransitionTime !== undefined && { since: lastTransitionTime }),
      evidence: [
        fieldEvidence(object, `${field}.status`, status),
        ...(reason === undefined ? [] : [fieldEvidence(object, `${field}.reason`, reason)]),
        ...(message === undefined ? [] : [fieldEvidence(object, `${field}.message`, message)]),
        ...(plugin !== undefined && isAgentDown(plugin) ? [agentEvidence(plugin)] : []),
      ],
      fix: {
        summary: "repair the CNI plugin's Pod on that Node",
        commands: [
          {
            run: kubectl(
              'kube-system',
              ...['get', 'pods', '-o', 'wide', '--field-selector', `spec.nodeName=${object.name}`],
            ),
            effect: 'looks',
          },
          ...(plugin === undefined
            ? []
            : [
                {
                  run: kubectl('kube-system', 'logs', `daemonset/${referenceTo(plugin).name}`, '--tail=50'),
                  effect: 'looks' as const,
                },
              ]),
        ],
      },
    };
  },
});

/** What the Node says about its network: the cloud's or plugin's own condition, or the kubelet's word about the plugin. */
function complaintOf({ status }: Node): Condition | undefined {
  const ready = findCondition(status?.conditions, 'Ready');
  if (ready?.status === 'False' && NO_PLUGIN.test(ready.message ?? '')) return ready;
  const unavailable = findCondition(status?.conditions, 'NetworkUnavailable');
  return unavailable?.status === 'True' ? unavailable : undefined;
}

/** The container runtime's NetworkReady condition, which the kubelet repeats. */
const NO_PLUGIN =
  /NetworkPluginNotReady|cni (?:plugin|config) (?:not initialized|uninitialized)|NetworkReady=false/i;
