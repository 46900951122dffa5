import { kubectl } from '../../kubernetes/command.ts';
import { findCondition } from '../../kubernetes/pod.ts';
import { readyPodCount, wantedPods } from '../../kubernetes/rejection.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { undoRollout } from '../shared/pod-commands.ts';

export const workloadProgressDeadline = defineRule({
  code: 'GD3104',
  name: 'workload-progress-deadline',
  title: 'the rollout of the Deployment is stuck',
  hop: 'workload',
  severity: 'high',
  confidence: 'certain',
  explains: [],
  visits: 'workload',
  needs: [],

  *check({ backend, workload, reference }) {
    const progressing = findCondition(workload.status?.conditions, 'Progressing');
    if (progressing?.status !== 'False' || progressing.reason !== 'ProgressDeadlineExceeded') return;
    const { updatedReplicas = 0 } = workload.status ?? {};
    const ready = readyPodCount(workload);
    yield {
      object: reference,
      message: 'its rollout is stuck: the new Pods do not become available',
      // With enough Pods of the old revision the path works on.
      ...(ready >= wantedPods(workload) && { severity: 'medium' }),
      ...(progressing.lastTransitionTime !== undefined && { since: progressing.lastTransitionTime }),
      evidence: [
        fieldEvidence(reference, 'status.conditions[Progressing].reason', progressing.reason),
        ...(progressing.message === undefined
          ? []
          : [fieldEvidence(reference, 'status.conditions[Progressing].message', progressing.message)]),
        fieldEvidence(reference, 'status.updatedReplicas', updatedReplicas),
        fieldEvidence(reference, 'status.readyReplicas', `${ready} of ${wantedPods(workload)}`),
      ],
      fix: {
        summary: 'see why the new Pods are not ready, or go back to the revision before',
        commands: [
          {
            run: kubectl(reference.namespace, 'describe', reference.kind.toLowerCase(), reference.name),
            effect: 'looks',
          },
          ...undoRollout(backend, reference),
        ],
      },
    };
  },
});
