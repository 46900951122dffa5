import type { PortReference } from '../../controllers/profile.ts';
import { targetPortOf } from '../../kubernetes/ports.ts';
import type { Service, ServicePort } from '../../kubernetes/types.ts';
import type { Command, Confidence, Evidence } from '../../model/finding.ts';
import { type ObjectReference, referenceTo } from '../../model/reference.ts';
import type { BackendTrace, IngressTrace } from '../../model/trace.ts';
import { fieldEvidence } from './evidence.ts';
import { patchObject } from './patch.ts';

/** Where the Ingress names the backend's Service: `spec.rules[0].http.paths[0].backend.service`, once per route. */
export function backendFields({ routes }: IngressTrace, backend: BackendTrace): readonly string[] {
  const fields = routes
    .filter(({ backendKey }) => backendKey === backend.key)
    .map(({ field }) => (field === 'spec.defaultBackend' ? `${field}.service` : `${field}.backend.service`));
  return [...new Set(fields)];
}

/** The Ingress's fields that name the backend's Service. */
export function nameEvidence(trace: IngressTrace, backend: BackendTrace): readonly Evidence[] {
  return backendFields(trace, backend).map((field) =>
    fieldEvidence(trace.reference, `${field}.name`, backend.serviceName),
  );
}

/** The Ingress's fields that name the backend's port. */
export function portEvidence(trace: IngressTrace, backend: BackendTrace): readonly Evidence[] {
  const { portReference } = backend;
  return backendFields(trace, backend).map((field) =>
    fieldEvidence(trace.reference, `${field}.port.${portKey(portReference)}`, showPort(portReference)),
  );
}

/** Which of the two fields of `backend.service.port` is set. */
export function portKey({ name }: PortReference): 'name' | 'number' {
  return name === undefined || name === '' ? 'number' : 'name';
}

/** The port as the Ingress writes it. */
export function showPort({ number, name }: PortReference): string {
  return name === undefined || name === '' ? `${number ?? 'absent'}` : name;
}

/** The backend's Service, whether or not it exists. */
export function backendService({ namespace, serviceName }: BackendTrace): ObjectReference {
  return { kind: 'Service', namespace, name: serviceName };
}

/** What a controller makes of a reference is certain for products that are known; the others are held to the API's word. */
export function confidenceFor({ controller }: IngressTrace): Confidence {
  return controller.profile.product === 'unknown' ? 'likely' : 'certain';
}

/** The Service port whose targetPort is what the Ingress names. */
export function portByTarget(service: Service, { portReference }: BackendTrace): ServicePort | undefined {
  const wanted = showPort(portReference);
  return (service.spec?.ports ?? []).find(
    (port) => (port.protocol ?? 'TCP') === 'TCP' && `${targetPortOf(port) ?? ''}` === wanted,
  );
}

/** The Service port that has the number or name that the Ingress names, where only ports of another protocol than TCP do. */
export function portOfOtherProtocol(
  service: Service,
  { port: found, portReference }: BackendTrace,
): ServicePort | undefined {
  if (found !== undefined) return undefined;
  const key = portKey(portReference);
  return (service.spec?.ports ?? []).find(
    ({ name, port, protocol = 'TCP' }) =>
      protocol !== 'TCP' && `${key === 'name' ? name : port}` === showPort(portReference),
  );
}

/** Points the Ingress at a Service port, by number. */
export function useServicePort(trace: IngressTrace, backend: BackendTrace, port: ServicePort): Command {
  const operations = backendFields(trace, backend).map(
    (field) => ({ op: 'replace', field: `${field}.port`, value: { number: port.port } }) as const,
  );
  return patchObject(trace.reference, operations);
}

/** All ports of the Service in one line. */
export function portsEvidence(service: Service): Evidence {
  const ports = (service.spec?.ports ?? []).map(
    ({ name = '', port, targetPort, protocol = 'TCP' }) =>
      `${name === '' ? '' : `${name} `}${port ?? ''}→${targetPort ?? port ?? ''}/${protocol}`,
  );
  return fieldEvidence(referenceTo(service), 'spec.ports', ports.join(', ') || 'none');
}
