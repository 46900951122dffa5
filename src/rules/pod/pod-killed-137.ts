import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { crashEvidence, crashesOfKind, crashWeight } from '../shared/crash-report.ts';
import { describePod, showLog } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES } from '../shared/pod-consequences.ts';

export const podKilled137 = defineRule({
  code: 'GD4113',
  name: 'pod-killed-137',
  title: 'a container is killed by SIGKILL, by whom is not told',
  hop: 'pod',
  severity: 'high',
  confidence: 'likely',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: [],
  uses: ['events', 'logs'],

  *check({ now, backend, pod, events, logs }) {
    for (const crash of crashesOfKind({ now, backend, pod, events }, 'killed')) {
      const { name, spec } = crash.container;
      const hasLiveness = spec.livenessProbe !== undefined;
      yield {
        object: referenceTo(pod),
        message: `container \`${name}\` is killed (exit code 137), and not for its memory limit`,
        ...crashWeight(crash, backend),
        evidence: crashEvidence(crash, pod, logs),
        fix: {
          summary: hasLiveness
            ? 'see whether the liveness probe fails, or the Node runs out of memory'
            : 'see whether the Node runs out of memory, or something in the Pod kills the process',
          commands: [
            describePod(pod),
            showLog(pod, name, crash.container.status?.state?.terminated === undefined),
          ],
        },
      };
    }
  },
});
