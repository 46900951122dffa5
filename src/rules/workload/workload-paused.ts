import { kubectl } from '../../kubernetes/command.ts';
import { isPodReady } from '../../kubernetes/pod.ts';
import { wantedPods } from '../../kubernetes/rejection.ts';
import { fieldEvidence } from '../evidence.ts';
import { defineRule } from '../rule.ts';

export const workloadPaused = defineRule({
  code: 'GD3103',
  name: 'workload-paused',
  title: 'the Deployment is paused: changes to it are not rolled out',
  hop: 'workload',
  severity: 'info',
  confidence: 'certain',
  explains: [],
  visits: 'workload',
  needs: [],
  uses: ['pods'],

  *check({ workload, reference, pods }) {
    if (workload.spec?.paused !== true) return;
    const updated = workload.status?.updatedReplicas ?? 0;
    const isHeld = updated < wantedPods(workload);
    const areFailing = pods?.some(({ pod }) => !isPodReady(pod)) === true;
    yield {
      object: reference,
      message: isHeld
        ? 'it is paused, which holds its newest revision back'
        : 'it is paused: changes to it are not rolled out',
      ...(isHeld && areFailing && { severity: 'medium' }),
      evidence: [
        fieldEvidence(reference, 'spec.paused', true),
        fieldEvidence(reference, 'status.updatedReplicas', updated),
      ],
      fix: {
        summary: 'resume the rollout',
        commands: [
          {
            run: kubectl(reference.namespace, 'rollout', 'history', `deployment/${reference.name}`),
            effect: 'looks',
          },
          {
            run: kubectl(reference.namespace, 'rollout', 'resume', `deployment/${reference.name}`),
            effect: 'changes',
          },
        ],
      },
    };
  },
});
