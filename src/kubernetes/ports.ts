import type { Container, Pod, PodSpec } from './pod-types.ts';
import type { IntOrString, Service, ServicePort } from './types.ts';

/** A port that a running container declares. Declaring is informational: a container may listen on others too. */
export interface DeclaredPort {
  readonly container: string;
  /** Empty for an unnamed port. */
  readonly name: string;
  readonly number: number;
  readonly protocol: string;
}

/** Every port that the Pod's containers and sidecars declare; init containers that end do not count. */
export function declaredPorts(spec: PodSpec | undefined): readonly DeclaredPort[] {
  const sidecars = (spec?.initContainers ?? []).filter(isSidecar);
  return [...(spec?.containers ?? []), ...sidecars].flatMap(({ name: container = '', ports = [] }) =>
    ports.flatMap(({ name = '', containerPort, protocol = 'TCP' }) =>
      containerPort === undefined ? [] : [{ container, name, number: containerPort, protocol }],
    ),
  );
}

function isSidecar({ restartPolicy }: Container): boolean {
  return restartPolicy === 'Always';
}

/** A Service port's targetPort, which is the port itself where it is absent. */
export function targetPortOf({ port, targetPort }: ServicePort): IntOrString | undefined {
  return targetPort === undefined || targetPort === 0 || targetPort === '' ? port : targetPort;
}

/**
 * The port number on which a Pod gets a Service port's requests, as the EndpointSlice controller resolves it:
 * a name must be declared with the Service port's protocol, a number need not be declared at all.
 */
export function resolveTargetPort(pod: Pod, port: ServicePort): number | undefined {
  const targetPort = targetPortOf(port);
  if (typeof targetPort !== 'string') return targetPort;
  return namedPort(pod.spec, targetPort, port.protocol ?? 'TCP');
}

/** The number of the port that a container or sidecar declares with that name and protocol. */
export function namedPort(spec: PodSpec | undefined, name: string, protocol: string): number | undefined {
  return declaredPorts(spec).find((port) => port.name === name && port.protocol === protocol)?.number;
}

/** Where a port stands in its Service: `spec.ports[0]`. */
export function servicePortField(service: Service, port: ServicePort): string {
  return `spec.ports[${servicePortIndex(service, port)}]`;
}

/** Its place in `spec.ports`, found by what makes a port unique: number and protocol. */
function servicePortIndex(service: Service, port: ServicePort): number {
  const index = (service.spec?.ports ?? []).findIndex(
    (each) => each.port === port.port && (each.protocol ?? 'TCP') === (port.protocol ?? 'TCP'),
  );
  return Math.max(0, index);
}

/** A Service port as messages show it: `http (80)`, or `80` for an unnamed one. */
export function showServicePort({ name = '', port }: ServicePort): string {
  return name === '' ? `${port ?? ''}` : `${name} (${port ?? ''})`;
}

/** A declared port as evidence shows it: `http 8080/TCP`, or `8080/TCP` for an unnamed one. */
function showDeclaredPort({ name, number, protocol }: DeclaredPort): string {
  return `${name === '' ? '' : `${name} `}${number}/${protocol}`;
}

/** Declared ports without repetitions, as evidence shows them, or `none`. */
export function showDeclaredPorts(ports: readonly DeclaredPort[]): string {
  return [...new Set(ports.map(showDeclaredPort))].join(', ') || 'none';
}
