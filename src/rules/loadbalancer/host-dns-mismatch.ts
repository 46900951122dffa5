import { isIP } from 'node:net';
import { kubectl, shellQuote } from '../../kubernetes/command.ts';
import type { Service } from '../../kubernetes/types.ts';
import type { Evidence, Fix } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const hostDnsMismatch = defineRule({
  code: 'GD0231',
  name: 'host-dns-mismatch',
  title: 'the address that DNS automation publishes is not one by which the controller is reached',
  hop: 'loadbalancer',
  severity: 'info',
  confidence: 'likely',
  explains: [],
  visits: 'controller',
  needs: ['services'],
  uses: ['nodes'],

  *check({ trace, instance, services, nodes }) {
    const object = trace.reference;
    const target = trace.ingress.metadata?.annotations?.[TARGET]?.trim();
    const own = addressesOf(services);
    const shown = trace.ingress.status?.loadBalancer?.ingress?.flatMap(
      ({ ip, hostname }) => ip ?? hostname ?? [],
    );
    if (target !== undefined && isIP(target) !== 0 && own.length > 0 && !own.includes(target)) {
      yield {
        object,
        message: `its host names are published with the address \`${target}\`, which is not the controller's \`${own[0]}\`: right only where something in front of it passes requests on`,
        severity: 'info',
        confidence: 'suspect',
        evidence: [
          fieldEvidence(object, `metadata.annotations[${TARGET}]`, target),
          ...balancerEvidence(services),
        ],
        fix: fixOf(trace),
      };
      return;
    }
    if (nodes === undefined || shown === undefined || shown.length === 0 || own.length === 0) return;
    if (!instance.settings.has('publish-service') || instance.settings.has('publish-status-address')) return;
    const known = new Set([
      ...own,
      ...services.flatMap(({ spec }) => spec?.externalIPs ?? []),
      ...nodes.flatMap(({ status }) => status?.addresses?.flatMap(({ address }) => address ?? []) ?? []),
    ]);
    // An address of another family than all that are known cannot be compared with them.
    const families = new Set([...known].map(isIP));
    if (shown.some((address) => known.has(address) || !families.has(isIP(address)))) return;
    yield {
      object,
      message: `shows the address \`${shown.join(', ')}\`, which the controller no longer has: DNS automation publishes it, and clients go astray`,
      evidence: [
        fieldEvidence(object, 'status.loadBalancer.ingress', shown.join(', ')),
        ...balancerEvidence(services),
      ],
      fix: fixOf(trace),
    };
  },
});

/** ExternalDNS publishes this instead of the Ingress's own address. */
const TARGET = 'external-dns.alpha.kubernetes.io/target';

function addressesOf(services: readonly Service[]): readonly string[] {
  return services.flatMap(({ status }) =>
    (status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) => [ip ?? [], hostname ?? []].flat()),
  );
}

/** What the controller's Services show of their load balancers. */
function balancerEvidence(services: readonly Service[]): readonly Evidence[] {
  return services
    .filter((service) => addressesOf([service]).length > 0)
    .map((service) =>
      fieldEvidence(referenceTo(service), 'status.loadBalancer.ingress', addressesOf([service]).join(', ')),
    );
}

function fixOf({ reference, controller, routes }: IngressTrace): Fix {
  const host = routes.find((route) => route.host !== '' && !route.host.startsWith('*'))?.host;
  const workload = controller.serving?.controlPlanes[0];
  return {
    summary:
      'let the controller write its present address, and compare what the host names resolve to with it',
    commands: [
      ...(host === undefined ? [] : [{ run: `nslookup ${shellQuote(host)}`, effect: 'looks' } as const]),
      { run: kubectl(reference.namespace, 'get', 'ingress', reference.name, '-o', 'wide'), effect: 'looks' },
      ...(workload === undefined
        ? []
        : [
            {
              run: kubectl(
                workload.metadata?.namespace,
                'logs',
                `${workload.kind?.toLowerCase()}/${workload.metadata?.name}`,
                '--tail=100',
              ),
              effect: 'looks',
            } as const,
          ]),
    ],
  };
}
