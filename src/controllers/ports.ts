import type { Service, ServicePort } from '../kubernetes/types.ts';
import type { FoundPort, PortReference } from './profile.ts';

/** As the Ingress API has it: a number is a Service port's number, a name its name. */
export function findDeclaredPort(service: Service, reference: PortReference): FoundPort | undefined {
  const wanted = nameOf(reference);
  for (const port of httpPorts(service)) {
    if (wanted === undefined ? hasNumber(port, reference) : port.name === wanted) {
      return { port, by: wanted === undefined ? 'number' : 'name' };
    }
  }
  return undefined;
}

/** The first Service port whose number, name or targetPort is what the reference says, in the Service's order. */
export function findPortOrTarget(service: Service, reference: PortReference): FoundPort | undefined {
  for (const port of httpPorts(service)) {
    const by = matchOf(port, reference);
    if (by !== undefined) return { port, by };
  }
  return undefined;
}

/** Like `findPortOrTarget`, but a name or targetPort of any port goes before the number of another. */
export function findTargetBeforeNumber(service: Service, reference: PortReference): FoundPort | undefined {
  for (const port of httpPorts(service)) {
    const by = matchOf(port, reference);
    if (by !== undefined && (by !== 'number' || hasTarget(port, reference))) return { port, by };
  }
  return findPortOrTarget(service, reference);
}

/** HTTP reaches TCP ports only: every controller passes the others over, sooner or later. */
function httpPorts(service: Service): readonly ServicePort[] {
  return (service.spec?.ports ?? []).filter(({ protocol = 'TCP' }) => protocol === 'TCP');
}

function matchOf(port: ServicePort, reference: PortReference): FoundPort['by'] | undefined {
  const wanted = nameOf(reference);
  if (wanted === undefined && hasNumber(port, reference)) return 'number';
  if (wanted !== undefined && port.name === wanted) return 'name';
  return hasTarget(port, reference) ? 'targetPort' : undefined;
}

function hasNumber(port: ServicePort, { number }: PortReference): boolean {
  return number !== undefined && port.port === number;
}

function hasTarget(port: ServicePort, reference: PortReference): boolean {
  // The API server fills in the port's own number when a Service gives no targetPort.
  const target = port.targetPort ?? port.port;
  const wanted = nameOf(reference) ?? reference.number;
  return target !== undefined && wanted !== undefined && String(target) === String(wanted);
}

/** An empty name means none: it must never match the missing name of an unnamed Service port. */
function nameOf({ name }: PortReference): string | undefined {
  return name === '' ? undefined : name;
}
