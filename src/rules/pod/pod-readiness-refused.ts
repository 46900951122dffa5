import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { editOwner, showLog, undoRollout } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES, missingPodSeverity } from '../shared/pod-consequences.ts';
import { readinessFailures, readinessMessage, unreadySince } from '../shared/readiness-report.ts';

export const podReadinessRefused = defineRule({
  code: 'GD4115',
  name: 'pod-readiness-refused',
  title: 'the readiness probe is refused: nothing listens on its port',
  hop: 'pod',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: ['events'],
  uses: ['logs'],

  *check({ now, backend, pod, owner, events, logs }) {
    for (const failure of readinessFailures({ now, backend, pod, events, logs }, 'refused')) {
      const { container, confidence, evidence } = failure;
      yield {
        object: referenceTo(pod),
        message: readinessMessage(pod, failure),
        severity: missingPodSeverity(backend),
        confidence,
        evidence,
        ...unreadySince(pod, now),
        fix: {
          summary:
            'let the app listen on all addresses at the port of the probe, or correct the port of the probe',
          commands: [showLog(pod, container.name), ...undoRollout(backend, owner), ...editOwner(owner)],
        },
      };
    }
  },
});
