import type { Crash } from '../../kubernetes/crash.ts';
import type { LogTrouble } from '../../kubernetes/log-lines.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import {
  crashEvidence,
  crashesOfKind,
  crashLog,
  crashWeight,
  lastRunSeconds,
} from '../shared/crash-report.ts';
import { showLog, undoRollout } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES } from '../shared/pod-consequences.ts';

export const podCrashloop = defineRule({
  code: 'GD4110',
  name: 'pod-crashloop',
  title: 'a container ends with an error again and again',
  hop: 'pod',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: [],
  uses: ['events', 'logs'],

  *check({ now, backend, pod, owner, events, logs }) {
    for (const crash of crashesOfKind({ now, backend, pod, events }, 'exits with an error')) {
      const trouble = crashLog(crash, logs)?.error?.trouble;
      const isTelling = trouble !== undefined && trouble !== 'error' && trouble !== 'crash';
      const cause = isTelling ? `; its log tells of \`${trouble}\`` : '';
      yield {
        object: referenceTo(pod),
        message: `container \`${crash.container.name}\` ${describeEnd(crash)}${cause}`,
        ...crashWeight(crash, backend),
        evidence: crashEvidence(crash, pod, logs),
        fix: {
          summary:
            (trouble === undefined ? undefined : ADVICE[trouble]) ??
            'read the log of the run that ended, and mend what it names',
          commands: [
            showLog(pod, crash.container.name, crash.container.status?.state?.terminated === undefined),
            ...undoRollout(backend, owner),
          ],
        },
      };
    }
  },
});

function describeEnd(crash: Crash): string {
  const code = crash.ended?.exitCode;
  if (code === undefined) return 'ends again and again';
  const seconds = lastRunSeconds(crash);
  return `exits with code ${code}${seconds !== undefined && seconds < 15 ? ' right after start' : ' again and again'}`;
}

const ADVICE: Partial<Record<LogTrouble, string>> = {
  'address in use': 'let the containers of the Pod listen on different ports',
  'name not found': 'correct the name that the log tells of, or create the Service that has it',
  'connection refused': 'bring up what the log says refuses connections, or let the container wait for it',
  'too many connections': 'raise the connection limit of the database, or lower the pool of the container',
  'database error': 'mend what the database refuses: credentials, schema or limits',
  'permission denied': 'give the container the permissions, or the writable volume, that the log names',
  'missing setting': 'set the environment variable or option that the log names',
  'missing file or module': 'put the file that the log names into the image or a volume, or correct its path',
};
