import { secondsSince } from '../../kubernetes/duration.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import { rulingConstraints, unschedulable } from '../../kubernetes/scheduling.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { describePod, editOwner } from '../shared/pod-commands.ts';
import { hasReadyPods, MISSING_POD_CONSEQUENCES, missingPodSeverity } from '../shared/pod-consequences.ts';
import { schedulingEvidence } from '../shared/scheduling-evidence.ts';

/** Seconds for which a Pod may wait beside ready ones, as during a rollout with anti-affinity. */
const PATIENCE = 30;

export const podUnschedulableConstraints = defineRule({
  code: 'GD4102',
  name: 'pod-unschedulable-constraints',
  title: 'every Node is ruled out by taints, selectors, affinity or host ports',
  hop: 'pod',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: [],
  uses: ['events'],

  *check({ now, backend, pod, owner, events }) {
    const reason = unschedulable(pod, events ?? []);
    if (reason?.problem !== 'constraints') return;
    const age = secondsSince(pod.metadata?.creationTimestamp, now) ?? Number.POSITIVE_INFINITY;
    if (age < PATIENCE && hasReadyPods(backend)) return;
    yield {
      object: referenceTo(pod),
      message: describe(reason.message),
      severity: missingPodSeverity(backend),
      evidence: [...schedulingEvidence(pod, reason), ...constraintEvidence(pod)],
      fix: {
        summary: 'relax the constraint on the Pod, or label, untaint or uncordon a Node for it',
        commands: [
          { run: 'kubectl get nodes --show-labels', effect: 'looks' },
          describePod(pod),
          ...editOwner(owner),
        ],
      },
    };
  },
});

function describe(message: string): string {
  const words = rulingConstraints(message);
  if (words.length === 0) return 'the scheduler finds no Node for it';
  return `every Node is ruled out by ${words.join(', or by ')}`;
}

function constraintEvidence(pod: Pod): readonly Evidence[] {
  const selector = Object.entries(pod.spec?.nodeSelector ?? {});
  return selector.map(([key, value]) => fieldEvidence(referenceTo(pod), `spec.nodeSelector[${key}]`, value));
}
