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
  portOfOtherProtocol,
  portsEvidence,
  showPort,
  useServicePort,
} from '../shared/backend-reference.ts';

export const servicePortMissing = defineRule({
  code: 'GD2103',
  name: 'service-port-missing',
  title: 'the Ingress names a port that the Service does not have',
  hop: 'service',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'service-port-missing',
  explains: ['agic-backend-empty', 'aws-failed-build-model', 'gke-translate-error'],
  visits: 'service',
  needs: [],

  *check({ trace, backend, service }) {
    // What a controller makes of an ExternalName Service's ports is for externalname-port to say.
    if (backend.port !== undefined || service.spec?.type === 'ExternalName') return;
    if (portByTarget(service, backend) !== undefined) return;
    if (portOfOtherProtocol(service, backend) !== undefined) return;
    const object = referenceTo(service);
    const wanted = showPort(backend.portReference);
    const meant = portMeant(service, backend);
    yield {
      object: trace.reference,
      message: `port \`${wanted}\` is not a port ${portKey(backend.portReference)} of Service \`${object.name}\``,
      evidence: [portsEvidence(service), ...portEvidence(trace, backend)],
      fix: portFix(trace, backend, object, meant),
      confidence: confidenceFor(trace),
    };
  },
});

/** The port whose number is the name, or the other way round, else the one of a near name, else the only one. */
function portMeant(service: Service, { portReference }: BackendTrace): ServicePort | undefined {
  const ports = service.spec?.ports ?? [];
  const wanted = showPort(portReference);
  const tcp = ports.filter(({ protocol = 'TCP' }) => protocol === 'TCP');
  const same = tcp.find(({ name, port }) => name === wanted || `${port}` === wanted);
  if (same !== undefined) return same;
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
