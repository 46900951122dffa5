import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { editOwner, showLog, undoRollout } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES, missingPodSeverity } from '../shared/pod-consequences.ts';
import {
  type ReadinessFailure,
  readinessFailures,
  readinessMessage,
  unreadySince,
} from '../shared/readiness-report.ts';

export const podReadinessHttpStatus = defineRule({
  code: 'GD4107',
  name: 'pod-readiness-http-status',
  title: 'the readiness probe is answered with a failure',
  hop: 'pod',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: ['events'],
  uses: ['logs'],

  *check({ now, backend, pod, owner, events, logs }) {
    for (const failure of readinessFailures({ now, backend, pod, events, logs }, 'answer')) {
      const { container, confidence, evidence } = failure;
      yield {
        object: referenceTo(pod),
        message: readinessMessage(pod, failure),
        severity: missingPodSeverity(backend),
        confidence,
        evidence,
        ...unreadySince(pod, now),
        fix: {
          summary: adviceFor(failure),
          commands: [showLog(pod, container.name), ...undoRollout(backend, owner), ...editOwner(owner)],
        },
      };
    }
  },
});

function adviceFor({ status }: ReadinessFailure): string {
  if (status === undefined) return 'mend what the probe asks for, or correct the probe';
  if (status === 404) return 'correct the path of the probe, or let the app answer it';
  if (status === 401 || status === 403) return 'let the app answer the path of the probe without credentials';
  if (status < 500) return 'correct the request of the probe: path, host header or scheme';
  return 'mend what makes the app say that it is not ready; its log tells more';
}
