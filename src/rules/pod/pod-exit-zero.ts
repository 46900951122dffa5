import { isPodFinished } from '../../kubernetes/pod.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { crashEvidence, crashesOfKind, crashWeight } from '../shared/crash-report.ts';
import { editOwner, showLog } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES } from '../shared/pod-consequences.ts';

export const podExitZero = defineRule({
  code: 'GD4111',
  name: 'pod-exit-zero',
  title: 'the main process of a container ends as if its work were done',
  hop: 'pod',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: [],
  uses: ['events', 'logs'],

  *check({ now, backend, pod, owner, events, logs }) {
    for (const crash of crashesOfKind({ now, backend, pod, events }, 'exits with 0')) {
      const { name } = crash.container;
      const then = isPodFinished(pod) ? 'the Pod has ended with it' : 'it is started again and again';
      yield {
        object: referenceTo(pod),
        message: `container \`${name}\` ends with exit code 0, so ${then}`,
        ...crashWeight(crash, backend),
        evidence: crashEvidence(crash, pod, logs),
        fix: {
          summary: 'let the container run its server in the foreground as its main process',
          commands: [showLog(pod, name, !isPodFinished(pod)), ...editOwner(owner)],
        },
      };
    }
  },
});
