import { findDeclaredPort } from '../../controllers/ports.ts';
import { servicePortField, showServicePort, targetPortOf } from '../../kubernetes/ports.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import {
  confidenceFor,
  portByTarget,
  portEvidence,
  portsEvidence,
  showPort,
  useServicePort,
} from '../shared/backend-reference.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const servicePortIsTargetport = defineRule({
  code: 'GD2105',
  name: 'service-port-is-targetport',
  title: "the Ingress names the Service's targetPort instead of its port",
  hop: 'service',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'service-port-missing',
  explains: ['aws-failed-build-model', 'gke-translate-error'],
  visits: 'service',
  needs: [],

  *check({ trace, backend, service }) {
    if (service.spec?.type === 'ExternalName') return;
    const { profile } = trace.controller;
    const isTolerated = backend.port?.by === 'targetPort';
    if (backend.port !== undefined && !isTolerated) return;
    // That it is another entry's own port too is for service-port-ambiguous to say.
    if (isTolerated && findDeclaredPort(service, backend.portReference) !== undefined) return;
    const port = backend.port?.port ?? portByTarget(service, backend);
    if (port === undefined) return;

    const object = referenceTo(service);
    const wanted = showPort(backend.portReference);
    const fault = `port \`${wanted}\` is the targetPort of Service \`${object.name}\`, whose port is ${showServicePort(port)}`;
    yield {
      object: trace.reference,
      message: isTolerated ? `${fault}; ${profile.title} accepts that, other controllers do not` : fault,
      evidence: [
        fieldEvidence(object, `${servicePortField(service, port)}.targetPort`, targetPortOf(port)),
        portsEvidence(service),
        ...portEvidence(trace, backend),
      ],
      fix: {
        summary: `use the Service's port ${port.port ?? ''} in the Ingress`,
        commands: [useServicePort(trace, backend, port)],
      },
      ...(isTolerated
        ? { severity: 'info', symptom: null, confidence: 'certain' }
        : { confidence: confidenceFor(trace) }),
    };
  },
});
