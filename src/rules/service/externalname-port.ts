import type { PortReference, Product } from '../../controllers/profile.ts';
import { kubectl } from '../../kubernetes/command.ts';
import type { Ingress, ServicePort } from '../../kubernetes/types.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { confidenceFor, portEvidence, portsEvidence, showPort } from '../shared/backend-reference.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { patchObject } from '../shared/patch.ts';

export const externalnamePort = defineRule({
  code: 'GD2112',
  name: 'externalname-port',
  title: 'the ExternalName Service lacks the port, or its port 443 is sent plain HTTP',
  hop: 'service',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'service-port-missing',
  explains: [],
  visits: 'service',
  needs: [],

  *check({ trace, backend, service, ingress }) {
    if (service.spec?.type !== 'ExternalName') return;
    const object = referenceTo(service);
    const { portReference } = backend;
    const { profile } = trace.controller;

    if (backend.port === undefined && !takesAnyNumber(profile.product, portReference)) {
      const ports = service.spec.ports ?? [];
      const number = portReference.number ?? 443;
      const { name } = portReference;
      const value: ServicePort = {
        ...(name !== undefined && { name }),
        port: number,
        targetPort: number,
        protocol: 'TCP',
      };
      const field = ports.length === 0 ? 'spec.ports' : 'spec.ports[-]';
      yield {
        object,
        message: `is an ExternalName Service without port \`${showPort(portReference)}\``,
        evidence: [portsEvidence(service), ...portEvidence(trace, backend)],
        fix: {
          summary: 'add the port to the Service: it is the port of the external host',
          commands: [
            patchObject(object, [{ op: 'add', field, value: ports.length === 0 ? [value] : value }]),
          ],
        },
        confidence: confidenceFor(trace),
      };
      return;
    }

    const port = backend.port?.port.port ?? portReference.number;
    if (port !== 443 || !speaksPlain(profile.product, ingress)) return;
    const annotation = `metadata.annotations[${BACKEND_PROTOCOL}]`;
    const value = ingress.metadata?.annotations?.[BACKEND_PROTOCOL];
    const host = service.spec.externalName ?? '';
    yield {
      object: trace.reference,
      message: `sends plain HTTP to port 443 of \`${host}\``,
      evidence: [fieldEvidence(trace.reference, annotation, value), portsEvidence(service)],
      fix: {
        summary: 'tell the controller to speak HTTPS, and to send the external host name',
        commands: [
          {
            run: kubectl(
              trace.reference.namespace,
              'annotate',
              'ingress',
              trace.reference.name,
              '--overwrite',
              `${BACKEND_PROTOCOL}=HTTPS`,
              `nginx.ingress.kubernetes.io/upstream-vhost=${host}`,
              'nginx.ingress.kubernetes.io/proxy-ssl-server-name=on',
            ),
            effect: 'changes',
          },
        ],
      },
      symptom: 'plain-to-tls-backend',
      confidence: 'likely',
    };
  },
});

const BACKEND_PROTOCOL = 'nginx.ingress.kubernetes.io/backend-protocol';

/** ingress-nginx takes a number that an ExternalName Service does not list for the external host's port. */
function takesAnyNumber(product: Product, { number }: PortReference): boolean {
  return product === 'ingress-nginx' && number !== undefined;
}

/** Of the other products it depends on more than annotations how they speak to port 443. */
function speaksPlain(product: Product, { metadata }: Ingress): boolean {
  const annotations = metadata?.annotations ?? {};
  const protocol = annotations[BACKEND_PROTOCOL]?.toUpperCase() ?? 'HTTP';
  const isPassedThrough = annotations['nginx.ingress.kubernetes.io/ssl-passthrough'] === 'true';
  return product === 'ingress-nginx' && protocol === 'HTTP' && !isPassedThrough;
}
