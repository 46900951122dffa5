import { kubectl } from '../../kubernetes/command.ts';
import { endpointsOf } from '../../kubernetes/endpoints.ts';
import { findCondition, isPodFinished, isPodReady, isPodTerminating } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { Node } from '../../kubernetes/workload-types.ts';
import type { Report } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { referenceTo } from '../../model/reference.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { MISSING_POD_CONSEQUENCES } from '../shared/pod-consequences.ts';

export const nodeNotReady = defineRule({
  code: 'GD4201',
  name: 'node-not-ready',
  title: 'a Node that hosts Pods of the backend is not ready',
  hop: 'node',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'connect-timeout',
  explains: [
    ...MISSING_POD_CONSEQUENCES,
    'node-pressure',
    'pod-evicted',
    'pod-preempted',
    'pod-sandbox',
    'pod-terminating-stuck',
    // What replaces its Pods may find no other Node.
    'pod-unschedulable-constraints',
    'pod-unschedulable-resources',
    'pod-unschedulable-volume',
    'upstream-connect-timeout',
  ],
  visits: 'node',
  needs: [],

  *check({ trace, node, pods }) {
    const condition = findCondition(node.status?.conditions, 'Ready');
    if (condition === undefined || condition.status === 'True' || isReplaced(pods, trace)) return;
    const object = referenceTo(node);
    const isSilent = condition.status === 'Unknown';
    yield {
      object,
      message: isSilent
        ? 'it is not ready: its kubelet has stopped reporting'
        : 'it is not ready, by the word of its kubelet',
      ...trafficTo(node, trace, isSilent),
      ...(condition.lastTransitionTime !== undefined && { since: condition.lastTransitionTime }),
      evidence: [
        fieldEvidence(object, 'status.conditions[Ready].status', condition.status),
        ...(condition.reason === undefined
          ? []
          : [fieldEvidence(object, 'status.conditions[Ready].reason', condition.reason)]),
        ...(condition.message === undefined
          ? []
          : [fieldEvidence(object, 'status.conditions[Ready].message', condition.message)]),
      ],
      fix: {
        summary: 'repair or restart the Node; drain it when it stays away, so that its Pods are replaced',
        commands: [
          { run: kubectl(undefined, 'describe', 'node', object.name), effect: 'looks' },
          {
            run: kubectl(
              undefined,
              'get',
              'pods',
              '-A',
              '-o',
              'wide',
              '--field-selector',
              `spec.nodeName=${object.name}`,
            ),
            effect: 'looks',
          },
          {
            run: kubectl(undefined, 'drain', object.name, '--ignore-daemonsets', '--delete-emptydir-data'),
            effect: 'changes',
          },
        ],
      },
    };
  },
});

/** Whether nothing on the Node is missed: its Pods have ended, or are going while all others are ready. */
function isReplaced(pods: readonly Pod[], { backends }: IngressTrace): boolean {
  const left = pods.filter((pod) => !isPodFinished(pod));
  if (!left.every(isPodTerminating)) return false;
  const others = remaining(backends);
  return left.length === 0 || (others.length > 0 && others.every(isPodReady));
}

function remaining(backends: IngressTrace['backends']): readonly Pod[] {
  return backends
    .flatMap((backend) => valueOr(backend.pods, []).map(({ pod }) => pod))
    .filter((pod) => !isPodFinished(pod) && !isPodTerminating(pod));
}

/**
 * What becomes of requests that still go to the Node. Once its Pods are out of the slices no request runs into it;
 * what is left then is the missing capacity. A kubelet that speaks, if only of trouble, shows that the Node is up.
 */
function trafficTo(
  node: Node,
  { backends }: IngressTrace,
  isSilent: boolean,
): Pick<Report, 'symptom' | 'partial' | 'confidence'> {
  const ready = backends
    .flatMap(({ slices }) => endpointsOf(valueOr(slices, [])))
    .filter((endpoint) => endpoint.ready);
  const here = ready.filter(({ nodeName }) => nodeName === node.metadata?.name);
  if (here.length === 0)
    return ready.length === 0 ? { symptom: null } : { symptom: 'reduced-capacity', partial: true };
  return { partial: here.length < ready.length, confidence: isSilent ? 'likely' : 'suspect' };
}
