import { kubectl } from '../../kubernetes/command.ts';
import { nearest } from '../../kubernetes/nearest.ts';
import type { Service, ServicePort } from '../../kubernetes/types.ts';
import type { Fix } from '../../model/finding.ts';
import { type ObjectReference, referenceTo } from '../../model/reference.ts';
import type { BackendTrace, IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import {
  confidenceFor,
  portByTarget,
  portEvidence,
  portKey,
  portsEvidence,
  showPort,
  useServicePort,
} from '../shared/backend-reference.ts';
import { patchObject } from '../shared/patch.ts';

export const servicePortMissing = defineRule({
  code: 'GD2103',
  name: 'service-port-missing',
  title: 'the Ingress names a port that the Service does not have',
  hop: 'service',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'service-port-missing',
  explains: [],
  visits: 'service',
  needs: [],

  *check({ trace, backend, service }) {
    // What a controller makes of an ExternalName Service's ports is for externalname-port to say.
    if (backend.port !== undefined || service.spec?.type === 'ExternalName') return;
    if (portByTarget(service, backend) !== undefined) return;
    const object = referenceTo(service);
    const wanted = showPort(backend.portReference);
    const meant = portMeant(service, backend);
    const isOtherProtocol = meant !== undefined && (meant.protocol ?? 'TCP') !== 'TCP';
    yield {
      object: trace.reference,
      message: isOtherProtocol
        ? `port \`${wanted}\` of Service \`${object.name}\` is a ${meant.protocol} port, HTTP needs TCP`
        : `port \`${wanted}\` is not a port ${portKey(backend.portReference)} of Service \`${object.name}\``,
      evidence: [portsEvidence(service), ...portEvidence(trace, backend)],
      fix: isOtherProtocol ? protocolFix(service, meant) : portFix(trace, backend, object, meant),
      confidence: confidenceFor(trace),
    };
  },
});

/** The port that has the number or name but not TCP, else the one of a near name, else the only one. */
function portMeant(service: Service, { portReference }: BackendTrace): ServicePort | undefined {
  const ports = service.spec?.ports ?? [];
  const wanted = showPort(portReference);
  const same = ports.find(({ name, port }) => name === wanted || `${port}` === wanted);
  if (same !== undefined) return same;
  const tcp = ports.filter(({ protocol = 'TCP' }) => protocol === 'TCP');
  const near = nearest(
    wanted,
    tcp.flatMap(({ name }) => name ?? []),
  );
  return (
    tcp.find(({ name }) => name !== undefined && name === near) ?? (tcp.length === 1 ? tcp[0] : undefined)
  );
}

function portFix(
  trace: IngressTrace,
  backend: BackendTrace,
  service: ObjectReference,
  meant: ServicePort | undefined,
): Fix {
  const look = {
    run: kubectl(service.namespace, 'get', 'service', service.name, '-o', 'jsonpath={.spec.ports}'),
    effect: 'looks',
  } as const;
  if (meant === undefined) {
    return {
      summary: `name one of the ports of Service \`${service.name}\` in the Ingress`,
      commands: [look],
    };
  }
  return {
    summary: `use the Service's port ${meant.port ?? ''} in the Ingress`,
    commands: [look, useServicePort(trace, backend, meant)],
  };
}

function protocolFix(service: Service, port: ServicePort): Fix {
  const index = (service.spec?.ports ?? []).indexOf(port);
  return {
    summary: `set the protocol of port ${port.port ?? ''} to TCP if the application speaks HTTP there`,
    commands: [
      patchObject(referenceTo(service), [
        { op: 'replace', field: `spec.ports[${index}].protocol`, value: 'TCP' },
      ]),
    ],
  };
}
