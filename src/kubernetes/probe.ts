import type { Container, Probe } from './pod-types.ts';

/** The probe's numbers in seconds and counts, with the API server's defaults for those that are absent. */
export function probeTimes(probe: Probe) {
  return {
    initialDelaySeconds: probe.initialDelaySeconds ?? 0,
    periodSeconds: probe.periodSeconds ?? 10,
    timeoutSeconds: probe.timeoutSeconds ?? 1,
    failureThreshold: probe.failureThreshold ?? 3,
  };
}

/** Seconds after a container's start until the probe has failed for good, each attempt timing out at worst. */
export function probeAllowance(probe: Probe): number {
  const { initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold } = probeTimes(probe);
  return initialDelaySeconds + periodSeconds * failureThreshold + timeoutSeconds;
}

/** Seconds that a container may take from its start until it is ready before that is a fault. */
export function startAllowance(container: Container): number {
  const { startupProbe, readinessProbe } = container;
  return (
    (startupProbe === undefined ? 0 : probeAllowance(startupProbe)) +
    (readinessProbe === undefined ? 0 : probeAllowance(readinessProbe))
  );
}

/**
 * The probe in words: `GET :8080/healthz`, `GET https :8443/`, `TCP connection to :8080`, `gRPC check on :9090`,
 * `command sh -c ...`. A port's name is looked up in the container, and stays a name where that is not found.
 */
export function describeProbe(probe: Probe, container: Container = {}): string {
  const { httpGet, tcpSocket, grpc, exec } = probe;
  const port = probePort(probe, container) ?? httpGet?.port ?? tcpSocket?.port ?? '';
  if (httpGet !== undefined) {
    const scheme = httpGet.scheme?.toUpperCase() === 'HTTPS' ? 'https ' : '';
    const path = httpGet.path ?? '/';
    return `GET ${scheme}${httpGet.host ?? ''}:${port}${path.startsWith('/') ? path : `/${path}`}`;
  }
  if (tcpSocket !== undefined) return `TCP connection to ${tcpSocket.host ?? ''}:${port}`;
  if (grpc !== undefined) return `gRPC check on :${port}`;
  if (exec !== undefined) return `command ${(exec.command ?? []).join(' ')}`;
  return 'check';
}

/** The port number that the probe connects to, a name looked up among the container's ports; undefined for a command. */
export function probePort(probe: Probe, container: Container): number | undefined {
  const port = probe.httpGet?.port ?? probe.tcpSocket?.port ?? probe.grpc?.port;
  if (typeof port !== 'string') return port;
  return container.ports?.find(({ name }) => name === port)?.containerPort;
}
