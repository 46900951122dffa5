import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { crashEvidence, crashesOfKind, crashWeight } from '../shared/crash-report.ts';
import { describePod, showLog } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES } from '../shared/pod-consequences.ts';

export const podExit143 = defineRule({
  code: 'GD4133',
  name: 'pod-exit-143',
  title: 'something stops a container again and again, with SIGTERM',
  hop: 'pod',
  severity: 'high',
  confidence: 'likely',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: [],
  uses: ['events', 'logs'],

  // A Pod that is being deleted ends like this too, as it should: crashes leave it out.
  *check({ now, backend, pod, events, logs }) {
    for (const crash of crashesOfKind({ now, backend, pod, events }, 'stopped')) {
      const { name, spec, status } = crash.container;
      const hasLiveness = spec.livenessProbe !== undefined || spec.startupProbe !== undefined;
      yield {
        object: referenceTo(pod),
        message: `container \`${name}\` is stopped by SIGTERM (exit code 143), although its Pod stays`,
        ...crashWeight(crash, backend),
        evidence: crashEvidence(crash, pod, logs),
        fix: {
          summary: hasLiveness
            ? 'see whether its liveness or startup probe fails: events of that expire after an hour'
            : 'see what in the container stops the program: a supervisor, a script, or the program itself',
          commands: [describePod(pod), showLog(pod, name, status?.state?.terminated === undefined)],
        },
      };
    }
  },
});
