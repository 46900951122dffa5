import { kubectl } from '../../kubernetes/command.ts';
import { isMeshed } from '../../kubernetes/mesh.ts';
import { podContainers } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import { resolveTargetPort } from '../../kubernetes/ports.ts';
import { probePort } from '../../kubernetes/probe.ts';
import type { ServicePort } from '../../kubernetes/types.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { patchObject } from '../shared/patch.ts';
import { readyPods } from '../shared/service-pods.ts';

export const istioPortNaming = defineRule({
  code: 'GD5113',
  name: 'istio-port-naming',
  title: "the Service port's name tells Istio another protocol than the Pods speak",
  hop: 'network',
  severity: 'high',
  confidence: 'likely',
  explains: [],
  visits: 'service',
  needs: ['pods'],
  uses: ['callers'],

  *check({ trace, backend, service, pods, callers }) {
    const port = backend.port?.port;
    if (port === undefined) return;
    const isGateway = trace.controller.profile.product === 'istio';
    // Only a proxy of the mesh goes by the port's name.
    if (!isGateway && !callers?.some(isMeshed)) return;
    const declared = protocolOf(port);
    const [spoken] = readyPods(pods).flatMap(({ pod }) => probedScheme(pod, port) ?? []);
    if (declared === undefined || spoken === undefined) return;
    const isPlainToTls = HTTP.includes(declared) && spoken.scheme === 'HTTPS';
    const isTlsToPlain = TLS.includes(declared) && spoken.scheme === 'HTTP';
    if (!isPlainToTls && !isTlsToPlain && declared !== 'tcp') return;

    const object = referenceTo(service);
    const index = (service.spec?.ports ?? []).indexOf(port);
    const field = `spec.ports[${Math.max(0, index)}]`;
    const wanted = spoken.scheme === 'HTTPS' ? 'https' : 'http';
    yield {
      object,
      message: `port ${port.port} is \`${declared}\` to Istio, while the Pods are probed by ${spoken.scheme} on it`,
      // What is not said to be HTTP cannot be routed by host and path, but a sidecar passes it on as it is.
      ...(isPlainToTls && isGateway ? { symptom: 'plain-to-tls-backend' as const } : {}),
      ...(declared === 'tcp' || !isGateway
        ? { severity: 'info' as const, confidence: 'suspect' as const }
        : {}),
      evidence: [
        fieldEvidence(object, `${field}.name`, port.name),
        fieldEvidence(object, `${field}.appProtocol`, port.appProtocol),
        spoken.evidence,
      ],
      fix: {
        summary: 'say the protocol that the Pods speak in `appProtocol`',
        commands: [
          { run: kubectl(object.namespace, 'get', 'service', object.name, '-o', 'yaml'), effect: 'looks' },
          patchObject(object, [{ op: 'add', field: `${field}.appProtocol`, value: wanted }]),
        ],
      },
    };
  },
});

const HTTP: readonly string[] = ['http', 'http2', 'grpc', 'grpc-web'];
const TLS: readonly string[] = ['https', 'tls'];
const KNOWN = [...HTTP, ...TLS, 'tcp', 'mongo', 'mysql', 'redis', 'udp'];

/** Istio's reading: `appProtocol`, else the name up to its first dash; undefined where Istio looks at the bytes instead. */
function protocolOf({ name = '', appProtocol }: ServicePort): string | undefined {
  const word = (appProtocol ?? name.split('-', 1)[0] ?? '').toLowerCase();
  if (word.startsWith('kubernetes.io/h2c')) return 'http2';
  return KNOWN.includes(word) ? word : undefined;
}

/** How a Pod's own probe talks to the port: the one sure sign of what is spoken there. */
function probedScheme(
  pod: Pod,
  port: ServicePort,
): { readonly scheme: 'HTTP' | 'HTTPS'; readonly evidence: Evidence } | undefined {
  const number = resolveTargetPort(pod, port);
  for (const { name, role, spec } of podContainers(pod)) {
    const probe = spec.readinessProbe;
    if (role === 'init' || probe?.httpGet === undefined || probePort(probe, spec) !== number) continue;
    const scheme = probe.httpGet.scheme === 'HTTPS' ? 'HTTPS' : 'HTTP';
    const field = `spec.containers[${name}].readinessProbe.httpGet.scheme`;
    return { scheme, evidence: fieldEvidence(referenceTo(pod), field, scheme) };
  }
  return undefined;
}
