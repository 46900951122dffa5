import { kubectl } from '../../kubernetes/command.ts';
import { defineRule } from '../rule.ts';
import { backendLimit, limitEvidence, limitPlace, limitSeconds, waitEvidence } from '../shared/limits.ts';
import { backendEvents, failuresIn } from '../shared/log-share.ts';

export const upstreamReadTimeout = defineRule({
  code: 'GD0501',
  name: 'upstream-read-timeout',
  title: 'the application takes longer to answer than the controller waits',
  hop: 'annotation',
  severity: 'high',
  confidence: 'certain',
  symptom: 'response-timeout',
  explains: [],
  visits: 'service',
  needs: [],
  uses: ['controllerLogs', 'slices'],

  *check({ now, logSeconds, trace, backend, service, slices, controllerLogs }) {
    const events = backendEvents({ now, logSeconds, trace, backend, service, slices, controllerLogs });
    const failures = failuresIn(
      events,
      {
        tells: ({ pattern }) => pattern === 'read-timeout',
        failed: ({ status, tries = [] }) => status === 504 && tries.length > 0,
      },
      logSeconds,
    );
    if (failures === undefined) return;
    const limit = backendLimit(trace, 'read-timeout', service);
    const seconds = limitSeconds(limit);
    const waits =
      seconds === undefined ? 'the controller waits' : `the ${seconds}s that the controller waits`;
    const { namespace } = trace.reference;
    const [first, ...rest] = failures.evidence;
    yield {
      object: trace.reference,
      message: `Service \`${backend.serviceName}\` takes longer to answer than ${waits}`,
      evidence: [
        first,
        ...rest,
        ...limitEvidence(trace, limit, service),
        ...waitEvidence(trace, limit, service),
      ],
      ...failures.weight,
      fix: {
        summary: `find out what the application waits for; where it needs the time, raise ${limitPlace(limit)}`,
        commands: [
          {
            run: kubectl(namespace, 'logs', `service/${backend.serviceName}`, '--since=15m'),
            effect: 'looks',
          },
        ],
      },
    };
  },
});
