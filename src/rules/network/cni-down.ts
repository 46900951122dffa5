import { kubectl } from '../../kubernetes/command.ts';
import { findCondition, isPodFinished, isPodReady } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { Condition, Event } from '../../kubernetes/types.ts';
import type { Node, Workload } from '../../kubernetes/workload-types.ts';
import type { Evidence, Report } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { agentEvidence, CNI_AGENT, isAgentDown, namedAgent } from '../shared/agents.ts';
import { eventEvidence, fieldEvidence } from '../shared/evidence.ts';
import { MISSING_POD_CONSEQUENCES } from '../shared/pod-consequences.ts';
import { sandboxFailure } from '../shared/sandbox.ts';

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
  uses: ['agents', 'podEvents'],

  *check({ now, node, pods, agents = [], podEvents = [] }) {
    const object = referenceTo(node);
    const plugin = agents.find((agent) => namedAgent(agent, CNI_AGENT));
    const told = complaintReport(node) ?? failureReport(pods, podEvents, plugin, now);
    if (told === undefined) return;
    const isHurting = pods.some((pod) => !isPodReady(pod) && !isPodFinished(pod));
    const [first, ...rest] = told.evidence;
    yield {
      ...told,
      object,
      ...(isHurting ? {} : { severity: 'high' as const }),
      evidence: [
        first,
        ...rest,
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

type Told = Pick<Report, 'message' | 'evidence' | 'since' | 'confidence'>;

function complaintReport(node: Node): Told | undefined {
  const complaint = complaintOf(node);
  if (complaint === undefined) return undefined;
  const object = referenceTo(node);
  const { type, status, reason, message, lastTransitionTime } = complaint;
  const field = `status.conditions[${type}]`;
  return {
    message: 'has no network: its CNI plugin is not set up',
    ...(lastTransitionTime !== undefined && { since: lastTransitionTime }),
    evidence: [
      fieldEvidence(object, `${field}.status`, status),
      ...(reason === undefined ? [] : [fieldEvidence(object, `${field}.reason`, reason)]),
      ...(message === undefined ? [] : [fieldEvidence(object, `${field}.message`, message)]),
    ],
  };
}

/** A Pod of the Node gets no network while the plugin lacks a Pod somewhere: on that Node, most likely. */
function failureReport(
  pods: readonly Pod[],
  events: readonly Event[],
  plugin: Workload | undefined,
  now: Date,
): Told | undefined {
  if (plugin === undefined || !isAgentDown(plugin)) return undefined;
  const evidence = pods.flatMap((pod): readonly Evidence[] => {
    const own = events.filter(({ involvedObject }) => involvedObject?.name === pod.metadata?.name);
    const failure = sandboxFailure(pod, own, now);
    if (failure === undefined || !OF_NETWORK.test(failure.message ?? '')) return [];
    return [eventEvidence(referenceTo(pod), failure)];
  });
  const [first] = evidence;
  if (first === undefined) return undefined;
  return {
    message: 'gives new Pods no network: its CNI plugin fails, and lacks a ready Pod',
    confidence: 'likely',
    evidence: [first],
  };
}

/** The sandbox fails for its network, and not for want of addresses, which a plugin in good order has too. */
const OF_NETWORK =
  /^(?!.*(?:assign an IP|no (?:more )?(?:free |available )?IP|IPs? (?:addresses )?available|exhausted|range is full)).*(?:set ?up network|plugin type=|\bcni\b|network is not ready)/is;

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
