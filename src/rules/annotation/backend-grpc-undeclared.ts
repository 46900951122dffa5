import { servicePortField } from '../../kubernetes/ports.ts';
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

export const backendGrpcUndeclared = defineRule({
  code: 'GD0508',
  name: 'backend-grpc-undeclared',
  title: "the Pods' port speaks gRPC, and the controller speaks HTTP/1.1 to it",
  hop: 'annotation',
  severity: 'high',
  confidence: 'likely',
  symptom: 'protocol-mismatch',
  explains: ['pod-keepalive-shorter'],
  visits: 'service',
  needs: ['pods'],
  uses: ['controllerLogs', 'slices'],

  *check({ now, logSeconds, trace, backend, service, pods, slices, controllerLogs }) {
    const port = backend.port?.port;
    const spoken = port === undefined ? undefined : spokenProtocol(trace, service, port);
    if (port === undefined || spoken === undefined || spoken.http2) return;
    const events = backendEvents({ now, logSeconds, trace, backend, service, slices, controllerLogs });
    if (hasAnswered(events.filter((event) => !isRawHttp2(event)))) return;
    const probes = passingProbes(pods, port);
    if (probes.some(({ speaks }) => speaks !== 'grpc')) return;
    const [probe] = probes;
    const field = servicePortField(service, port);
    const { name = '', appProtocol } = port;
    const isDeclared = /^(?:grpcs?|kubernetes\.io\/h2c)$/i.test(appProtocol ?? '');
    const mismatch = events.findLast((event) => event.pattern === 'invalid-header' || isRawHttp2(event));
    const object = referenceTo(service);
    const [first, ...rest] = [
      ...(probe === undefined ? [] : [probeEvidence(probe)]),
      ...(isDeclared ? [fieldEvidence(object, `${field}.appProtocol`, appProtocol)] : []),
      ...(/^grpc(?:-|$)/i.test(name) ? [fieldEvidence(object, `${field}.name`, name)] : []),
    ];
    if (first === undefined) return;
    const isSupported = probe !== undefined || isDeclared || mismatch !== undefined;
    yield {
      object: trace.reference,
      message: `Service \`${backend.serviceName}\` leads to a port that speaks gRPC, and the controller speaks HTTP/1.1 to it`,
      evidence: [
        first,
        ...rest,
        spokenEvidence(trace, service, port, spoken),
        ...(mismatch === undefined ? [] : [eventLine(mismatch)]),
      ],
      confidence: mismatch !== undefined ? 'certain' : isSupported ? 'likely' : 'suspect',
      ...(isSupported ? {} : { severity: 'info' }),
      fix: {
        summary:
          'tell the controller that the backend speaks gRPC; clients then need HTTP/2, which means TLS',
        commands: speakInstead(trace, service, backend, 'grpc'),
      },
    };
  },
});

/** nginx takes bytes that are no HTTP/1 answer for one of HTTP/0.9, which it logs as status 009. */
function isRawHttp2({ status, isRequest }: SeenEvent): boolean {
  return isRequest && status === 9;
}
