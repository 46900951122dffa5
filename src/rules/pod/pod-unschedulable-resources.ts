import { podContainers } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import { scarceResources, unschedulable } from '../../kubernetes/scheduling.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { describePod, editOwner } from '../shared/pod-commands.ts';
import {
  MISSING_POD_CONSEQUENCES,
  mayYetBeScheduled,
  missingPodSeverity,
} from '../shared/pod-consequences.ts';
import { schedulingEvidence } from '../shared/scheduling-evidence.ts';

export const podUnschedulableResources = defineRule({
  code: 'GD4101',
  name: 'pod-unschedulable-resources',
  title: 'no Node has room for what the Pod requests',
  hop: 'pod',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: [],
  uses: ['events'],

  *check({ now, backend, pod, owner, events }) {
    const reason = unschedulable(pod, events ?? []);
    if (reason?.problem !== 'resources' || mayYetBeScheduled(backend, pod, now)) return;
    const scarce = scarceResources(reason.message);
    const what = scarce.map((name) => `\`${name}\``).join(' and ');
    yield {
      object: referenceTo(pod),
      message:
        scarce.length > 0 ? `no Node has enough ${what} left for it` : 'the cluster has no Node for it',
      severity: missingPodSeverity(backend),
      evidence: [...schedulingEvidence(pod, reason), ...requestEvidence(pod, scarce)],
      fix: {
        summary: 'lower the requests of the Pod, or add Nodes that have room for them',
        commands: [{ run: 'kubectl describe nodes', effect: 'looks' }, describePod(pod), ...editOwner(owner)],
      },
    };
  },
});

function requestEvidence(pod: Pod, scarce: readonly string[]): readonly Evidence[] {
  const object = referenceTo(pod);
  return podContainers(pod).flatMap(({ spec, specField }) =>
    Object.entries(spec.resources?.requests ?? {})
      .filter(([name]) => scarce.includes(name))
      .map(([name, value]) => fieldEvidence(object, `${specField}.resources.requests.${name}`, value)),
  );
}
