import { defineRule } from '../rule.ts';
import { annotate } from '../shared/annotations.ts';
import {
  hasAnswered,
  passingProbes,
  probeEvidence,
  speakInstead,
  spokenEvidence,
  spokenProtocol,
} from '../shared/backend-protocol.ts';
import { eventLine } from '../shared/log-events.ts';
import { backendEvents } from '../shared/log-share.ts';

export const backendSpeaksHttp = defineRule({
  code: 'GD0507',
  name: 'backend-speaks-http',
  title: "the Pods' port speaks plain HTTP, and the controller speaks TLS to it",
  hop: 'annotation',
  severity: 'high',
  confidence: 'likely',
  symptom: 'tls-to-plain-backend',
  explains: ['traefik-self-signed-backend', 'pod-keepalive-shorter'],
  visits: 'service',
  needs: ['pods'],
  uses: ['controllerLogs', 'slices'],

  *check({ now, logSeconds, trace, backend, service, pods, slices, controllerLogs }) {
    const port = backend.port?.port;
    if (port === undefined) return;
    const spoken = spokenProtocol(trace, service, port);
    const events = backendEvents({ now, logSeconds, trace, backend, service, slices, controllerLogs });
    const told = events.findLast(({ pattern }) => pattern === 'tls-to-plain');
    if (spoken?.tls === false || hasAnswered(events)) return;
    const probe = passingProbes(pods, port).find(({ speaks }) => speaks === 'http');
    const [first, ...rest] = [
      ...(told === undefined ? [] : [eventLine(told)]),
      ...(probe === undefined ? [] : [probeEvidence(probe)]),
    ];
    // A probe tells what the port speaks only to somebody who knows that the controller speaks something else.
    if (first === undefined || (told === undefined && spoken === undefined)) return;
    const { because } = spoken ?? {};
    const byAnnotation = because?.object === 'ingress' ? /\[(.+)\]$/.exec(because.field)?.[1] : undefined;
    yield {
      object: trace.reference,
      message: `Service \`${backend.serviceName}\` leads to a port that speaks plain HTTP, and the controller speaks TLS to it`,
      evidence: [
        first,
        ...rest,
        ...(spoken === undefined ? [] : [spokenEvidence(trace, service, port, spoken)]),
      ],
      confidence: told === undefined ? 'likely' : 'certain',
      fix: {
        summary: 'tell the controller that the backend speaks plain HTTP',
        commands:
          byAnnotation === undefined
            ? speakInstead(trace, service, backend, 'http')
            : [annotate(trace.reference, byAnnotation)],
      },
    };
  },
});
