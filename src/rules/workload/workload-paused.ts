import { kubectl } from '../../kubernetes/command.ts';
import { isPodReady } from '../../kubernetes/pod.ts';
import { wantedPods } from '../../kubernetes/rejection.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const workloadPaused = defineRule({
  code: 'GD3103',
  name: 'workload-paused',
  title: 'the Deployment is paused: changes to it are not rolled out',
  hop: 'workload',
  severity: 'info',
  confidence: 'certain',
  explains: ['endpoints-none'],
  visits: 'workload',
  needs: [],
  uses: ['pods'],

  *check({ workload, reference, pods }) {
    if (workload.spec?.paused !== true) return;
    const updated = workload.status?.updatedReplicas ?? 0;
    const isHeld = updated < wantedPods(workload);
    const areFailing = pods?.some(({ pod }) => !isPodReady(pod)) === true;
    // Paused before its first rollout it has made nothing yet.
    const isEmpty = wantedPods(workload) > 0 && (workload.status?.replicas ?? 0) === 0;
    yield {
      object: reference,
      message: isEmpty
        ? 'it is paused and has made no Pods'
        : isHeld
          ? 'it is paused, which holds its newest revision back'
          : 'it is paused: changes to it are not rolled out',
      ...(isHeld && areFailing && { severity: 'medium' }),
      ...(isEmpty && { severity: 'critical' }),
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
