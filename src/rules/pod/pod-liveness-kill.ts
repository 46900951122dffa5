import { describeProbe } from '../../kubernetes/probe.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { crashEvidence, crashesOfKind, crashWeight } from '../shared/crash-report.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { editOwner, showLog } from '../shared/pod-commands.ts';
import { MISSING_POD_CONSEQUENCES } from '../shared/pod-consequences.ts';
import { describeFailure } from '../shared/readiness-report.ts';

export const podLivenessKill = defineRule({
  code: 'GD4118',
  name: 'pod-liveness-kill',
  title: 'the liveness probe makes the kubelet restart a container again and again',
  hop: 'pod',
  severity: 'high',
  confidence: 'certain',
  explains: [
    ...MISSING_POD_CONSEQUENCES,
    'pod-readiness-http-status',
    'pod-readiness-refused',
    'pod-readiness-timeout',
    'pod-readiness-scheme',
  ],
  visits: 'pod',
  needs: [],
  uses: ['events', 'logs'],

  *check({ now, backend, pod, owner, events, logs }) {
    for (const crash of crashesOfKind({ now, backend, pod, events }, 'liveness probe')) {
      const { name, spec, specField } = crash.container;
      const probe = spec.livenessProbe;
      const failure = crash.events.find(({ reason }) => reason === 'Unhealthy')?.message;
      const what = probe === undefined ? '' : ` ${describeProbe(probe, spec)}`;
      const how = failure === undefined || probe === undefined ? 'fails' : describeFailure(failure, probe);
      const object = referenceTo(pod);
      yield {
        object,
        message: `container \`${name}\` is restarted by its liveness probe:${what} ${how}`,
        ...crashWeight(crash, backend),
        evidence: [
          ...crashEvidence(crash, pod, logs),
          ...(probe === undefined
            ? []
            : [
                fieldEvidence(
                  object,
                  `${specField}.livenessProbe.failureThreshold`,
                  probe.failureThreshold ?? 3,
                ),
              ]),
        ],
        fix: {
          summary:
            'mend what the liveness probe asks for, or give it more time (startupProbe, timeoutSeconds, failureThreshold)',
          commands: [showLog(pod, name, true), ...editOwner(owner)],
        },
      };
    }
  },
});
