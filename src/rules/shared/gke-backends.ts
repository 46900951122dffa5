import { BACKEND_CONFIG_ANNOTATION } from '../../kubernetes/custom/load-balancers.ts';
import { isRecord } from '../../kubernetes/record.ts';
import type { Ingress, Service, ServicePort } from '../../kubernetes/types.ts';

/** The annotation into which GKE's controller writes what its health checks say (ingress-gce pkg/loadbalancers). */
export const BACKENDS_ANNOTATION = 'ingress.kubernetes.io/backends';

/** One backend service of the load balancer: its name in Google Cloud, and `HEALTHY`, `UNHEALTHY` or `Unknown`. */
export interface GkeBackend {
  readonly name: string;
  readonly state: string;
}

/** What the annotation says; undefined without it, or where it cannot be read. */
export function gkeBackends({ metadata }: Ingress): readonly GkeBackend[] | undefined {
  const states = parsed(metadata?.annotations?.[BACKENDS_ANNOTATION]);
  return states === undefined
    ? undefined
    : Object.entries(states).map(([name, state]) => ({ name, state: String(state) }));
}

/** Those of the load balancer's backends that stand for a port of the Service. */
export function backendsOfPort(
  backends: readonly GkeBackend[],
  service: Service,
  port: ServicePort | undefined,
): readonly GkeBackend[] {
  const { namespace = '', name: serviceName = '', annotations } = service.metadata ?? {};
  const groups = parsed(annotations?.['cloud.google.com/neg-status'])?.['network_endpoint_groups'];
  const group = isRecord(groups) ? groups[String(port?.port)] : undefined;
  return backends.filter(
    ({ name }) =>
      name === group ||
      (port?.nodePort !== undefined && name.startsWith(`k8s-be-${port.nodePort}-`)) ||
      name.includes(`-${namespace}-${serviceName}-${port?.port}-`),
  );
}

/** The BackendConfig that a Service's annotation names for the port. */
export function configName({ metadata }: Service, port: ServicePort | undefined): string | undefined {
  const named = parsed(metadata?.annotations?.[BACKEND_CONFIG_ANNOTATION]);
  const ports = isRecord(named?.['ports']) ? named['ports'] : {};
  const name = ports[String(port?.port)] ?? ports[port?.name ?? ''] ?? named?.['default'];
  return typeof name === 'string' ? name : undefined;
}

function parsed(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
