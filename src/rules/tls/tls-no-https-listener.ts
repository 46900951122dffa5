import type { Pod } from '../../kubernetes/pod-types.ts';
import type { Ingress, Service, ServicePort } from '../../kubernetes/types.ts';
import type { Evidence, Report } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { isInNodeNetwork } from '../shared/controller-address.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { annotateObject, patchObject } from '../shared/patch.ts';

export const tlsNoHttpsListener = defineRule({
  code: 'GD0415',
  name: 'tls-no-https-listener',
  title: 'spec.tls is set, and nothing listens for HTTPS',
  hop: 'tls',
  severity: 'high',
  confidence: 'likely',
  symptom: 'tls-handshake-failure',
  explains: [],
  visits: 'controller',
  needs: ['services', 'pods'],

  *check({ trace, ingress, services, pods }) {
    if ((ingress.spec?.tls ?? []).length === 0) return;
    const { profile } = trace.controller;
    if (profile.product === 'aws-alb') yield* judgeListeners(trace, ingress);
    else if (!profile.isManaged) yield* judgeServices(trace, services, pods);
  },
});

/**
 * Without `listen-ports` the load balancer listens on 443 only where a certificate is named; it looks for one by
 * host only for an HTTPS port that is asked for (aws-load-balancer-controller's model_build_listener.go).
 */
function* judgeListeners(
  { reference: object, binding }: IngressTrace,
  { metadata }: Ingress,
): Iterable<Report> {
  const ports = metadata?.annotations?.[`${ALB}listen-ports`];
  const certificate = metadata?.annotations?.[`${ALB}certificate-arn`];
  const hasParameters = binding.ingressClass?.spec?.parameters !== undefined;
  const listens = ports === undefined ? certificate !== undefined || hasParameters : /"HTTPS"/.test(ports);
  if (listens) return;
  yield {
    object,
    message: `spec.tls is set, but annotation \`${ALB}listen-ports\` asks for no HTTPS port${ports === undefined ? ' and no certificate is named' : ''}: the load balancer listens for HTTP only`,
    evidence: [
      fieldEvidence(object, `metadata.annotations[${ALB}listen-ports]`, ports),
      fieldEvidence(object, `metadata.annotations[${ALB}certificate-arn]`, certificate),
    ],
    partial: true,
    fix: {
      summary:
        'ask for an HTTPS port; its certificate is then found by the hosts, or named by `certificate-arn`',
      commands: [annotateObject(object, `${ALB}listen-ports`, '[{"HTTP": 80}, {"HTTPS": 443}]')],
    },
  };
}

const ALB = 'alb.ingress.kubernetes.io/';

function* judgeServices(
  trace: IngressTrace,
  services: readonly Service[],
  pods: readonly Pod[],
): Iterable<Report> {
  if (pods.some(isInNodeNetwork)) return;
  const open = services.filter(isOpenToClients);
  const [first, ...others] = open;
  if (first === undefined || open.some(({ spec }) => (spec?.ports ?? []).some(isForHttps))) return;
  const object = referenceTo(first);
  // In front of ports of Nodes there is a load balancer that is not seen, which may well end TLS itself.
  const isBalanced = open.some(({ spec }) => spec?.type === 'LoadBalancer');
  yield {
    object,
    message: 'no Service of the controller has a port for HTTPS, and spec.tls of the Ingress asks for it',
    evidence: [portsEvidence(first), ...others.map(portsEvidence), tlsEvidence(trace)],
    partial: true,
    ...(!isBalanced && { confidence: 'suspect', severity: 'info' }),
    fix: {
      summary: "add port 443 to the Service, with the controller's HTTPS port as its targetPort",
      commands: [
        patchObject(object, [
          {
            op: 'add',
            field: 'spec.ports[-]',
            value: { name: 'https', port: 443, protocol: 'TCP', targetPort: httpsPortOf(pods) },
          },
        ]),
      ],
    },
  };
}

function isOpenToClients({ spec }: Service): boolean {
  return spec?.type === 'LoadBalancer' || spec?.type === 'NodePort' || (spec?.externalIPs?.length ?? 0) > 0;
}

function isForHttps({ name = '', port, nodePort, targetPort, appProtocol = '' }: ServicePort): boolean {
  return (
    [port, nodePort, targetPort].includes(443) ||
    targetPort === 8443 ||
    [name, String(targetPort), appProtocol].some((text) => /https|tls|ssl|websecure/i.test(text))
  );
}

function tlsEvidence({ ingress, reference: object }: IngressTrace): Evidence {
  const hosts = (ingress.spec?.tls ?? []).flatMap(({ hosts = [] }) => hosts);
  return fieldEvidence(object, 'spec.tls[].hosts', hosts.join(', ') || 'any');
}

function portsEvidence(service: Service): Evidence {
  const ports = (service.spec?.ports ?? []).map(({ name = '', port }) => `${name} ${port ?? ''}`.trim());
  return fieldEvidence(referenceTo(service), 'spec.ports', ports.join(', '));
}

/** The port that the controller's Pods declare for HTTPS, by its name if it has one; 443 where none is declared. */
function httpsPortOf(pods: readonly Pod[]): string | number {
  const ports = pods.flatMap(({ spec }) => (spec?.containers ?? []).flatMap(({ ports = [] }) => ports));
  const https = ports.find(
    ({ name = '', containerPort }) =>
      [443, 8443].includes(containerPort ?? 0) || /https|websecure/.test(name),
  );
  return https?.name ?? https?.containerPort ?? 443;
}
