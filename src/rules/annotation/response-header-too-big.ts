import { defineRule } from '../rule.ts';
import { annotate } from '../shared/annotations.ts';
import { backendLimit, limitEvidence, limitPlace } from '../shared/limits.ts';
import { backendEvents, failuresIn } from '../shared/log-share.ts';

export const responseHeaderTooBig = defineRule({
  code: 'GD0504',
  name: 'response-header-too-big',
  title: 'the application sends larger response headers than the controller takes',
  hop: 'annotation',
  severity: 'high',
  confidence: 'certain',
  symptom: 'response-header-too-large',
  explains: [],
  visits: 'service',
  needs: [],
  uses: ['controllerLogs', 'slices'],

  *check({ now, logSeconds, trace, backend, service, slices, controllerLogs }) {
    const limit = backendLimit(trace, 'response-header-size', service);
    const events = backendEvents({ now, logSeconds, trace, backend, service, slices, controllerLogs });
    const failures = failuresIn(
      events,
      {
        tells: ({ pattern }) => pattern === 'response-header-too-large',
        failed: ({ status, tries = [] }) => status === 502 && tries.length > 0,
      },
      logSeconds,
    );
    if (failures === undefined) return;
    const [first, ...rest] = failures.evidence;
    const size =
      limit === undefined ? 'the buffer of the controller' : `the controller's buffer of ${limit.value}`;
    const isNginx = trace.controller.profile.product === 'ingress-nginx';
    yield {
      object: trace.reference,
      message: `response headers of Service \`${backend.serviceName}\` do not fit into ${size}`,
      evidence: [first, ...rest, ...limitEvidence(trace, limit, service)],
      ...failures.weight,
      fix: {
        summary: `raise ${limitPlace(limit)}, or let the application send fewer and shorter headers (cookies, tokens)`,
        commands: isNginx
          ? [annotate(trace.reference, 'nginx.ingress.kubernetes.io/proxy-buffer-size', '16k')]
          : [],
      },
    };
  },
});
