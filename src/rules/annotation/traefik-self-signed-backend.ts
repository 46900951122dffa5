import { findAnnotation } from '../../controllers/annotations/read.ts';
import type { Settings } from '../../controllers/profile.ts';
import { servicePortField } from '../../kubernetes/ports.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import {
  hasAnswered,
  passingProbes,
  speakInstead,
  spokenEvidence,
  spokenProtocol,
} from '../shared/backend-protocol.ts';
import { eventLine, eventsOf } from '../shared/log-events.ts';
import { backendEvents } from '../shared/log-share.ts';

export const traefikSelfSignedBackend = defineRule({
  code: 'GD0509',
  name: 'traefik-self-signed-backend',
  title: 'Traefik speaks HTTPS to the Pods and checks their certificate, which their addresses do not match',
  hop: 'annotation',
  severity: 'high',
  confidence: 'likely',
  symptom: 'backend-certificate-untrusted',
  explains: ['app-log-errors'],
  visits: 'service',
  needs: ['pods'],
  uses: ['controllerLogs', 'slices'],

  *check({ now, logSeconds, trace, backend, service, pods, slices, controllerLogs }) {
    const { profile, serving } = trace.controller;
    const port = backend.port?.port;
    if (profile.product !== 'traefik' || port === undefined) return;
    const spoken = spokenProtocol(trace, service, port);
    if (spoken?.tls !== true || findAnnotation(service, 'traefik', 'service.serverstransport') !== undefined)
      return;
    const settings: Settings = serving?.settings ?? new Map();
    if (trustsMore(settings)) return;
    const events = backendEvents({ now, logSeconds, trace, backend, service, slices, controllerLogs });
    if (hasAnswered(events) || passingProbes(pods, port).some(({ speaks }) => speaks === 'http')) return;
    // Traefik names no address with it: the line is about this backend where its requests are answered 500.
    const isAnswered500 = events.some(({ isRequest, status }) => isRequest && status === 500);
    const rejected = eventsOf(trace, controllerLogs, now).findLast(
      ({ pattern }) => pattern === 'certificate-rejected',
    );
    const isTold = rejected !== undefined && isAnswered500;
    const name = `${backend.serviceName}-transport`;
    yield {
      object: referenceTo(service),
      message:
        'Traefik speaks HTTPS to the Pods behind it and trusts none but public certificate authorities',
      evidence: [
        spokenEvidence(trace, service, port, spoken),
        {
          object: referenceTo(service),
          source: 'annotation service.serverstransport',
          value: 'absent',
        },
        ...(isTold ? [eventLine(rejected)] : []),
      ],
      // A file may hold what flags do not tell.
      confidence: isTold ? 'certain' : settings.has('configfile') ? 'suspect' : 'likely',
      ...(isTold || !settings.has('configfile') ? {} : { severity: 'info' }),
      fix: {
        summary: `where the Pods speak plain HTTP on ${servicePortField(service, port)}, say so; otherwise make a ServersTransport \`${name}\` with their CA (or insecureSkipVerify) and name it in the annotation service.serverstransport`,
        commands: speakInstead(trace, service, backend, 'http'),
      },
    };
  },
});

/** Whether every backend's certificate is taken, or another authority is trusted beside the public ones. */
function trustsMore(settings: Settings): boolean {
  const isSkipped = settings.get('serverstransport.insecureskipverify');
  return (isSkipped !== undefined && isSkipped !== 'false') || settings.has('serverstransport.rootcas');
}
