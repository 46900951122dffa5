import { servicePortField, targetPortOf } from '../../kubernetes/ports.ts';
import type { Service, ServicePort } from '../../kubernetes/types.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import {
  hasAnswered,
  passingProbes,
  probeEvidence,
  speakInstead,
  spokenEvidence,
  spokenProtocol,
} from '../shared/backend-protocol.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { eventLine, type SeenEvent } from '../shared/log-events.ts';
import { backendEvents } from '../shared/log-share.ts';

export const backendSpeaksHttps = defineRule({
  code: 'GD0506',
  name: 'backend-speaks-https',
  title: "the Pods' port speaks TLS, and the controller speaks plain HTTP to it",
  hop: 'annotation',
  severity: 'high',
  confidence: 'likely',
  symptom: 'plain-to-tls-backend',
  explains: ['app-log-errors', 'pod-keepalive-shorter'],
  visits: 'service',
  needs: ['pods'],
  uses: ['controllerLogs', 'slices'],

  *check({ now, logSeconds, trace, backend, service, pods, slices, controllerLogs }) {
    const port = backend.port?.port;
    const spoken = port === undefined ? undefined : spokenProtocol(trace, service, port);
    if (port === undefined || spoken === undefined || spoken.tls) return;
    const events = backendEvents({ now, logSeconds, trace, backend, service, slices, controllerLogs });
    if (hasAnswered(events)) return;
    const probes = passingProbes(pods, port);
    if (probes.some(({ speaks }) => speaks !== 'https')) return;

    const [probe] = probes;
    const hints = namesOfTls(service, port);
    const failing = events.findLast(isRefusedPlainHttp);
    const proofs = [
      ...(probe === undefined ? [] : [probeEvidence(probe)]),
      ...(probe === undefined && hints.length < 2 ? [] : hints),
    ];
    const [first, ...rest] = proofs;
    if (first === undefined) return;
    const isProven = probe !== undefined && failing !== undefined;
    const isSupported = probe !== undefined || failing !== undefined;
    yield {
      object: trace.reference,
      message: `Service \`${backend.serviceName}\` leads to a port that speaks TLS, and the controller speaks plain HTTP to it`,
      evidence: [
        first,
        ...rest,
        spokenEvidence(trace, service, port, spoken),
        ...(failing === undefined ? [] : [eventLine(failing)]),
      ],
      confidence: isProven ? 'certain' : isSupported ? 'likely' : 'suspect',
      ...(isSupported ? {} : { severity: 'info' }),
      ...statusOf(failing),
      fix: {
        summary: 'tell the controller that the backend speaks HTTPS',
        commands: speakInstead(trace, service, backend, 'https'),
      },
    };
  },
});

/** A Service port that says in two places that it is for HTTPS means it; a number or a name alone is a habit. */
function namesOfTls(service: Service, port: ServicePort): readonly Evidence[] {
  const field = servicePortField(service, port);
  const { name, appProtocol } = port;
  const target = targetPortOf(port);
  const isTls = (text: string | undefined) => /^(?:https|tls)(?:-|$)/i.test(text ?? '');
  const object = referenceTo(service);
  return [
    ...(isTls(name) ? [fieldEvidence(object, `${field}.name`, name)] : []),
    ...(isTls(appProtocol) ? [fieldEvidence(object, `${field}.appProtocol`, appProtocol)] : []),
    ...(target === 443 || target === 8443 || isTls(`${target}`)
      ? [fieldEvidence(object, `${field}.targetPort`, target)]
      : []),
  ];
}

/** Servers that expect TLS answer plain HTTP with 400, or hang up. */
function isRefusedPlainHttp({ pattern, tries = [] }: SeenEvent): boolean {
  return pattern === 'closed-early' || pattern === 'invalid-header' || tries.at(-1)?.status === 400;
}

/** What clients get, where the log tells: 400 is the Pods' own answer, 502 or 503 stands for their silence. */
function statusOf(event: SeenEvent | undefined): { readonly status?: number } {
  return event?.isRequest === true && event.status !== undefined ? { status: event.status } : {};
}
