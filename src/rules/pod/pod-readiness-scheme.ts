import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { editOwner, showLog, undoRollout } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES, missingPodSeverity } from '../shared/pod-consequences.ts';
import { readinessFailures, readinessMessage, unreadySince } from '../shared/readiness-report.ts';

export const podReadinessScheme = defineRule({
  code: 'GD4117',
  name: 'pod-readiness-scheme',
  title: 'the readiness probe speaks HTTP to a TLS port, or TLS to an HTTP port',
  hop: 'pod',
  severity: 'high',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: ['events'],
  uses: ['logs'],

  *check({ now, backend, pod, owner, events, logs }) {
    for (const failure of readinessFailures({ now, backend, pod, events, logs }, 'scheme')) {
      const { container, confidence, evidence } = failure;
      yield {
        object: referenceTo(pod),
        message: readinessMessage(pod, failure),
        severity: missingPodSeverity(backend),
        confidence,
        evidence,
        ...unreadySince(pod, now),
        fix: {
          summary: 'set httpGet.scheme of the probe to what the port speaks',
          commands: [showLog(pod, container.name), ...undoRollout(backend, owner), ...editOwner(owner)],
        },
      };
    }
  },
});
