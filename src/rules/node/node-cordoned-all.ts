import { kubectl } from '../../kubernetes/command.ts';
import { findCondition } from '../../kubernetes/pod.ts';
import { nodesFor, unschedulable } from '../../kubernetes/scheduling.ts';
import type { Node } from '../../kubernetes/workload-types.ts';
import { valueOr } from '../../model/read.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { MISSING_POD_CONSEQUENCES, missingPodSeverity } from '../shared/pod-consequences.ts';
import { livePods } from '../shared/service-pods.ts';

export const nodeCordonedAll = defineRule({
  code: 'GD4210',
  name: 'node-cordoned-all',
  title: 'every Node that could take a Pod of the backend is cordoned',
  hop: 'node',
  severity: 'critical',
  confidence: 'certain',
  explains: [
    ...MISSING_POD_CONSEQUENCES,
    'pod-unschedulable-constraints',
    'pod-unschedulable-resources',
    'pod-preempted',
  ],
  visits: 'service',
  needs: ['pods', 'nodes'],

  *check({ backend, pods, nodes }) {
    const waiting = livePods(pods).find(({ pod, events }) => {
      const problem = unschedulable(pod, valueOr(events, []))?.problem;
      return problem === 'constraints' || problem === 'resources';
    });
    if (waiting === undefined) return;
    // What is not ready could take nothing anyway.
    const candidates = nodesFor(waiting.pod, nodes).filter(isReady);
    const [first] = candidates;
    if (first === undefined || !candidates.every(({ spec }) => spec?.unschedulable === true)) return;
    yield {
      object: referenceTo(first),
      message:
        candidates.length === 1
          ? 'it is cordoned, and no other Node can take the Pods that wait'
          : `it is cordoned, as are all ${candidates.length} Nodes that could take the Pods that wait`,
      severity: missingPodSeverity(backend),
      evidence: [
        fieldEvidence(referenceTo(first), 'spec.unschedulable', true),
        ...candidates.slice(1, 5).map((node) => fieldEvidence(referenceTo(node), 'spec.unschedulable', true)),
        fieldEvidence(waiting.reference, 'status.phase', waiting.pod.status?.phase),
      ],
      fix: {
        summary: 'let Pods be scheduled again once the maintenance is over',
        commands: [
          { run: 'kubectl get nodes', effect: 'looks' },
          ...candidates.slice(0, 3).map((node) => uncordon(node)),
        ],
      },
    };
  },
});

function isReady({ status }: Node): boolean {
  return (findCondition(status?.conditions, 'Ready')?.status ?? 'True') === 'True';
}

function uncordon(node: Node) {
  return { run: kubectl(undefined, 'uncordon', referenceTo(node).name), effect: 'changes' } as const;
}
