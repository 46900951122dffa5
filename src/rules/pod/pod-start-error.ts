import type { Crash } from '../../kubernetes/crash.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { crashEvidence, crashesOfKind, crashWeight } from '../shared/crash-report.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { describePod, editOwner, undoRollout } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES } from '../shared/pod-consequences.ts';

export const podStartError = defineRule({
  code: 'GD4109',
  name: 'pod-start-error',
  title: 'the command of a container cannot be run',
  hop: 'pod',
  severity: 'critical',
  confidence: 'certain',
  explains: [...MISSING_POD_CONSEQUENCES, 'pod-init-stuck'],
  visits: 'pod',
  needs: [],
  uses: ['events', 'logs'],

  *check({ now, backend, pod, owner, events, logs }) {
    for (const crash of crashesOfKind({ now, backend, pod, events }, 'cannot start', true)) {
      const object = referenceTo(pod);
      const { name, spec, specField } = crash.container;
      const command = [...(spec.command ?? []), ...(spec.args ?? [])].join(' ');
      yield {
        object,
        message: `container \`${name}\` cannot be started: ${describe(crash)}`,
        ...crashWeight(crash, backend),
        evidence: [
          ...crashEvidence(crash, pod, logs),
          ...(command === '' ? [] : [fieldEvidence(object, `${specField}.command`, command)]),
        ],
        fix: {
          summary: 'correct `command`, `args` or `workingDir` of the container, or the platform of its image',
          commands: [describePod(pod), ...undoRollout(backend, owner), ...editOwner(owner)],
        },
      };
    }
  },
});

function describe({ container, ended, events }: Crash): string {
  const text = [container.status?.state?.waiting?.message, ended?.message, events[0]?.message].join(' ');
  const program = /exec: \\?"([^"\\]+)\\?"/.exec(text)?.[1];
  const what = program === undefined ? 'its command' : `\`${program}\``;
  if (/exec format error/.test(text)) return `${what} is built for another platform`;
  if (/not found|no such file or directory/.test(text)) return `${what} does not exist in the image`;
  if (/permission denied/.test(text)) return `${what} may not be executed`;
  if (container.status?.state?.waiting?.reason === 'PostStartHookError') return 'its postStart hook fails';
  if (ended?.exitCode === 127) return 'its command does not exist in the image (exit code 127)';
  if (ended?.exitCode === 126) return 'its command may not be executed (exit code 126)';
  return 'the container runtime cannot run its command';
}
