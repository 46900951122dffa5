import { kubectl } from '../../kubernetes/command.ts';
import { findCondition } from '../../kubernetes/pod.ts';
import { cpuShareOfRequests } from '../../kubernetes/usage.ts';
import { valueOr } from '../../model/read.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const hpaMaxed = defineRule({
  code: 'GD3110',
  name: 'hpa-maxed',
  title: 'the HorizontalPodAutoscaler wants more replicas than it may have',
  hop: 'workload',
  severity: 'info',
  confidence: 'certain',
  explains: ['pod-cpu-saturated'],
  visits: 'workload',
  needs: ['hpas'],
  uses: ['pods'],

  *check({ hpas, pods }) {
    for (const hpa of hpas) {
      const { maxReplicas } = hpa.spec ?? {};
      const { currentReplicas, conditions } = hpa.status ?? {};
      const limited = findCondition(conditions, 'ScalingLimited');
      if (limited?.status !== 'True' || limited.reason !== 'TooManyReplicas') continue;
      if (maxReplicas === undefined || (currentReplicas ?? 0) < maxReplicas) continue;
      const object = referenceTo(hpa);
      const busiest = Math.max(
        0,
        ...(pods ?? []).map(({ pod, metrics }) => cpuShareOfRequests(pod, valueOr(metrics, undefined)) ?? 0),
      );
      yield {
        object,
        message: `it is at its maximum of ${maxReplicas} replicas, and would add more`,
        ...(limited.lastTransitionTime !== undefined && { since: limited.lastTransitionTime }),
        evidence: [
          fieldEvidence(object, 'status.conditions[ScalingLimited].reason', limited.reason),
          fieldEvidence(object, 'spec.maxReplicas', maxReplicas),
          fieldEvidence(object, 'status.currentReplicas', currentReplicas),
          ...(busiest === 0
            ? []
            : [{ object, source: 'busiest Pod', value: `${Math.round(busiest * 100)}% of its CPU request` }]),
        ],
        fix: {
          summary: 'raise maxReplicas, or give each Pod more; see first that what it calls can bear the load',
          commands: [
            {
              run: kubectl(object.namespace, 'describe', 'horizontalpodautoscaler', object.name),
              effect: 'looks',
            },
            {
              run: kubectl(object.namespace, 'edit', 'horizontalpodautoscaler', object.name),
              effect: 'changes',
            },
          ],
        },
      };
    }
  },
});
