import { showDuration } from '../../kubernetes/duration.ts';
import { defineRule } from '../rule.ts';
import { annotate, annotationEvidence, nginxAnnotations } from '../shared/annotations.ts';
import { requestsOf } from '../shared/ingress-requests.ts';
import { eventLine, eventsOf, eventsSince, podOf } from '../shared/log-events.ts';

export const corsPreflight = defineRule({
  code: 'GD0535',
  name: 'cors-preflight',
  title: 'what browsers ask before a request to another origin is answered with an error',
  hop: 'annotation',
  severity: 'low',
  confidence: 'likely',
  explains: [],
  visits: 'ingress',
  needs: [],
  uses: ['controllerLogs'],

  *check({ trace, ingress, now, logSeconds, controllerLogs }) {
    const nginx = nginxAnnotations(trace);
    if (nginx === undefined) return;
    const events = eventsSince(eventsOf(trace, controllerLogs, now), ingress);
    const asked = requestsOf(trace, events).filter(({ line }) => line.includes('"OPTIONS /'));
    const failed = asked.filter(({ status = 0 }) => status >= 400);
    const newest = failed.at(-1);
    if (newest === undefined || failed.length < FEW || failed.length < asked.length) return;
    const object = trace.reference;
    const gate = nginx.find('auth-url') ?? nginx.find('auth-type');
    const enabled = nginx.find('enable-cors');
    yield {
      object,
      message: `browsers refuse requests of other origins: every preflight request (OPTIONS) is answered with ${newest.status}`,
      evidence: [
        eventLine(newest),
        {
          object: podOf(newest.log),
          source: `OPTIONS requests in the last ${showDuration(logSeconds)}`,
          value: `${failed.length} of ${asked.length} answered with an error`,
        },
        ...(gate === undefined ? [] : [annotationEvidence(object, gate)]),
        ...(enabled === undefined ? [] : [annotationEvidence(object, enabled)]),
      ],
      fix: {
        summary:
          gate === undefined
            ? 'answer OPTIONS in the application, or let the controller answer with `enable-cors`, but not both'
            : 'let the controller answer OPTIONS before it asks for credentials, with `enable-cors`',
        commands: [annotate(object, 'nginx.ingress.kubernetes.io/enable-cors', 'true')],
      },
    };
  },
});

/** Fewer may be anybody's attempts. */
const FEW = 3;
