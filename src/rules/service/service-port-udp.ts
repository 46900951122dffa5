import { servicePortField, showServicePort } from '../../kubernetes/ports.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { confidenceFor, portEvidence, portOfOtherProtocol } from '../shared/backend-reference.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { patchObject } from '../shared/patch.ts';

export const servicePortUdp = defineRule({
  code: 'GD2124',
  name: 'service-port-udp',
  title: 'the Service port that the Ingress names is not a TCP port',
  hop: 'service',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'service-port-missing',
  explains: [],
  visits: 'service',
  needs: [],

  *check({ trace, backend, service }) {
    if (service.spec?.type === 'ExternalName') return;
    const port = portOfOtherProtocol(service, backend);
    if (port === undefined) return;
    const object = referenceTo(service);
    const field = `${servicePortField(service, port)}.protocol`;
    yield {
      object,
      message: `port ${showServicePort(port)} is a ${port.protocol} port, and HTTP needs TCP`,
      evidence: [fieldEvidence(object, field, port.protocol), ...portEvidence(trace, backend)],
      fix: {
        summary: `set the protocol of port ${port.port ?? ''} to TCP if the application speaks HTTP there`,
        commands: [patchObject(object, [{ op: 'replace', field, value: 'TCP' }])],
      },
      confidence: confidenceFor(trace),
      // It finds the port, and then no endpoint that has it over TCP.
      ...(trace.controller.profile.product === 'haproxy-ingress' && { symptom: 'no-endpoints' }),
    };
  },
});
