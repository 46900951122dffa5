import { isPodTerminating, podContainers } from '../../kubernetes/pod.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { editOwner, undoRollout } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES, missingPodSeverity } from '../shared/pod-consequences.ts';

export const podInvalidImageName = defineRule({
  code: 'GD4105',
  name: 'pod-invalid-image-name',
  title: 'the image of a container is not a valid reference',
  hop: 'pod',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: [],

  *check({ backend, pod, owner }) {
    if (isPodTerminating(pod)) return;
    for (const { name, spec, status, specField, statusField } of podContainers(pod)) {
      const waiting = status?.state?.waiting;
      if (waiting?.reason !== 'InvalidImageName') continue;
      const object = referenceTo(pod);
      yield {
        object,
        message: `image \`${spec.image ?? ''}\` of container \`${name}\` is not a valid reference`,
        severity: missingPodSeverity(backend),
        evidence: [
          fieldEvidence(object, `${statusField}.state.waiting.reason`, waiting.reason),
          fieldEvidence(object, `${specField}.image`, spec.image),
        ],
        fix: {
          summary: 'correct the image: lower-case name, no spaces, no unexpanded variable',
          commands: [...undoRollout(backend, owner), ...editOwner(owner)],
        },
      };
    }
  },
});
