import { secondsSince } from '../../kubernetes/duration.ts';
import { findCondition, isPodFinished, isPodReady, isPodTerminating } from '../../kubernetes/pod.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { describePod } from '../shared/pod-commands.ts';
import { hasReadyPods, MISSING_POD_CONSEQUENCES, missingPodSeverity } from '../shared/pod-consequences.ts';

/** Seconds that a load balancer may take to pass a new Pod, beside ready ones. */
const PATIENCE = 120;

export const podReadinessGate = defineRule({
  code: 'GD4120',
  name: 'pod-readiness-gate',
  title: 'a readiness gate that something else must pass keeps the Pod out of service',
  hop: 'pod',
  severity: 'high',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: [],

  *check({ now, backend, pod }) {
    if (isPodReady(pod) || isPodTerminating(pod) || isPodFinished(pod)) return;
    const containersReady = findCondition(pod.status?.conditions, 'ContainersReady');
    if (containersReady?.status !== 'True') return;
    const waiting = secondsSince(containersReady.lastTransitionTime, now) ?? PATIENCE;
    if (waiting < PATIENCE && hasReadyPods(backend)) return;
    for (const { conditionType = '' } of pod.spec?.readinessGates ?? []) {
      const condition = findCondition(pod.status?.conditions, conditionType);
      if (condition?.status === 'True') continue;
      const object = referenceTo(pod);
      const state = condition === undefined ? 'is not set' : 'is not True';
      yield {
        object,
        message: `its containers are ready, but readiness gate \`${conditionType}\` ${state}`,
        severity: missingPodSeverity(backend),
        evidence: [
          fieldEvidence(object, `status.conditions[${conditionType}].status`, condition?.status),
          ...(condition?.message === undefined
            ? []
            : [fieldEvidence(object, `status.conditions[${conditionType}].message`, condition.message)]),
          fieldEvidence(object, 'status.conditions[ContainersReady].status', 'True'),
        ],
        fix: {
          summary: `mend the controller that sets ${conditionType}, or the health check that it reports`,
          commands: [describePod(pod)],
        },
      };
    }
  },
});
