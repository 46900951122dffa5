import { annotationField } from '../../controllers/annotations/read.ts';
import { kubectl } from '../../kubernetes/command.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { backendLimit, limitEvidence } from '../shared/limits.ts';
import { answeredByProxy } from '../shared/log-events.ts';
import { backendEvents, failuresIn } from '../shared/log-share.ts';

export const rateLimited = defineRule({
  code: 'GD0511',
  name: 'rate-limited',
  title: 'the controller turns requests away because of a rate or connection limit',
  hop: 'annotation',
  severity: 'medium',
  confidence: 'certain',
  symptom: 'rate-limited',
  explains: [],
  visits: 'service',
  needs: [],
  uses: ['controllerLogs', 'slices'],

  *check({ now, logSeconds, trace, backend, service, slices, controllerLogs }) {
    const events = backendEvents({ now, logSeconds, trace, backend, service, slices, controllerLogs });
    const answer = backendLimit(trace, 'rate-limit-status', service);
    const status = Number(answer?.value);
    const isTurnedAway = answeredByProxy(429, status);
    const isLimit = answeredByProxy(429);
    const failures = failuresIn(
      events,
      {
        tells: (event) => event.pattern === 'limited' || isLimit(event),
        failed: isTurnedAway,
        isSelective: true,
      },
      logSeconds,
    );
    if (failures === undefined) return;
    const [first, ...rest] = failures.evidence;
    const object = trace.reference;
    const limits = Object.entries(trace.ingress.metadata?.annotations ?? {}).filter(([name]) =>
      LIMIT.test(name),
    );
    yield {
      object,
      message: `clients of Service \`${backend.serviceName}\` go over a rate or connection limit and are turned away`,
      evidence: [
        first,
        ...rest,
        ...limits.map(([name, value]) => fieldEvidence(object, annotationField(name), value)),
        ...limitEvidence(trace, answer, service),
      ],
      ...(status >= 400 && { status }),
      ...failures.weight,
      fix: {
        summary:
          'raise the limit where these clients are welcome, or count by their real address; on ingress-nginx `limit-req-status-code: "429"` makes the answer say what it is',
        commands: [
          { run: kubectl(object.namespace, 'get', 'ingress', object.name, '-o', 'yaml'), effect: 'looks' },
        ],
      },
    };
  },
});

/** Annotations of ingress-nginx, HAProxy Ingress and F5 that limit clients. */
const LIMIT = /\/limit-(?:rps|rpm|connections|rate|req-rate|burst-multiplier|whitelist|allowlist)$/;
