import { defineRule } from '../rule.ts';
import { annotate } from '../shared/annotations.ts';
import { backendLimit, limitEvidence, limitPlace } from '../shared/limits.ts';
import { answeredByProxy } from '../shared/log-events.ts';
import { backendEvents, failuresIn } from '../shared/log-share.ts';

export const bodyTooLarge = defineRule({
  code: 'GD0503',
  name: 'body-too-large',
  title: 'clients send larger request bodies than the controller takes',
  hop: 'annotation',
  severity: 'medium',
  confidence: 'certain',
  symptom: 'body-too-large',
  explains: [],
  visits: 'service',
  needs: [],
  uses: ['controllerLogs', 'slices'],

  *check({ now, logSeconds, trace, backend, service, slices, controllerLogs }) {
    const limit = backendLimit(trace, 'body-size', service);
    const events = backendEvents({ now, logSeconds, trace, backend, service, slices, controllerLogs });
    const isRefused = answeredByProxy(413);
    const failures = failuresIn(
      events,
      {
        tells: (event) => event.pattern === 'body-too-large' || isRefused(event),
        failed: isRefused,
        isSelective: true,
      },
      logSeconds,
    );
    if (failures === undefined) return;
    const [first, ...rest] = failures.evidence;
    const size =
      limit === undefined ? 'the controller takes' : `the ${limit.value} that the controller takes`;
    const isNginx = trace.controller.profile.product === 'ingress-nginx';
    yield {
      object: trace.reference,
      message: `request bodies for Service \`${backend.serviceName}\` are larger than ${size}`,
      evidence: [first, ...rest, ...limitEvidence(trace, limit, service)],
      ...failures.weight,
      fix: {
        summary: `raise ${limitPlace(limit)} to what clients may send (0 for no limit on nginx)`,
        commands: isNginx
          ? [annotate(trace.reference, 'nginx.ingress.kubernetes.io/proxy-body-size', '50m')]
          : [],
      },
    };
  },
});
