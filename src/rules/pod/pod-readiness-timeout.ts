import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { editOwner, showLog, undoRollout } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES, missingPodSeverity } from '../shared/pod-consequences.ts';
import { readinessFailures, readinessMessage, unreadySince } from '../shared/readiness-report.ts';

export const podReadinessTimeout = defineRule({
  code: 'GD4116',
  name: 'pod-readiness-timeout',
  title: 'the readiness probe is not answered in time',
  hop: 'pod',
  severity: 'high',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: ['events'],
  uses: ['logs'],

  *check({ now, backend, pod, owner, events, logs }) {
    for (const failure of readinessFailures({ now, backend, pod, events, logs }, 'timeout')) {
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
            'find out what keeps the app from answering, or raise timeoutSeconds of the probe (1 second by default)',
          commands: [showLog(pod, container.name), ...undoRollout(backend, owner), ...editOwner(owner)],
        },
      };
    }
  },
});
