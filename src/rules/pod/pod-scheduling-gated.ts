import { findCondition } from '../../kubernetes/pod.ts';
import { unschedulable } from '../../kubernetes/scheduling.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { describePod } from '../shared/pod-commands.ts';
import {
  MISSING_POD_CONSEQUENCES,
  mayYetBeScheduled,
  missingPodSeverity,
} from '../shared/pod-consequences.ts';

export const podSchedulingGated = defineRule({
  code: 'GD4130',
  name: 'pod-scheduling-gated',
  title: 'a scheduling gate holds the Pod back',
  hop: 'pod',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: [],

  *check({ now, backend, pod }) {
    if (unschedulable(pod, [])?.problem !== 'gate' || mayYetBeScheduled(backend, pod, now)) return;
    const object = referenceTo(pod);
    const gates = (pod.spec?.schedulingGates ?? []).map(({ name = '' }) => name);
    const condition = findCondition(pod.status?.conditions, 'PodScheduled');
    const which = gates.length === 0 ? 'a gate' : gates.map((gate) => `\`${gate}\``).join(', ');
    yield {
      object,
      message: `it is not scheduled before ${which} is removed`,
      severity: missingPodSeverity(backend),
      ...(condition?.lastTransitionTime !== undefined && { since: condition.lastTransitionTime }),
      evidence: [
        fieldEvidence(object, 'status.conditions[PodScheduled].reason', condition?.reason),
        ...gates.map((gate, index) => fieldEvidence(object, `spec.schedulingGates[${index}].name`, gate)),
      ],
      fix: {
        summary:
          'see why the controller that the gate belongs to (a queue such as Kueue, say) does not admit the Pod; it removes the gate when it does',
        commands: [describePod(pod)],
      },
    };
  },
});
