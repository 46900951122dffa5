import { kubectl } from '../../kubernetes/command.ts';
import type { Destination, VirtualService } from '../../kubernetes/custom/istio.ts';
import { isMeshed } from '../../kubernetes/mesh.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const istioSubsetMissing = defineRule({
  code: 'GD5114',
  name: 'istio-subset-missing',
  title: 'a VirtualService sends requests to a subset that no DestinationRule defines',
  hop: 'network',
  severity: 'high',
  confidence: 'likely',
  symptom: 'no-endpoints',
  explains: [],
  visits: 'service',
  needs: ['virtualServices', 'destinationRules'],
  uses: ['callers'],

  *check({ backend, service, virtualServices, destinationRules, callers }) {
    const { namespace = '', name = '' } = service.metadata ?? {};
    const isThis = (host: string | undefined, where: string | undefined) =>
      host !== undefined && fullName(host, where) === `${name}.${namespace}.svc.cluster.local`;
    for (const virtualService of virtualServices) {
      const { hosts = [], gateways = ['mesh'] } = virtualService.spec ?? {};
      const where = virtualService.metadata?.namespace;
      // One for a gateway alone has no say over requests that came in by an Ingress.
      if (!gateways.includes('mesh') || !hosts.some((host) => isThis(host, where))) continue;
      const destinations = destinationsOf(virtualService);
      const missing = destinations.find(
        ({ host, subset }) =>
          subset !== undefined &&
          isThis(host, where) &&
          !destinationRules.some(
            ({ metadata, spec }) =>
              isThis(spec?.host, metadata?.namespace) &&
              spec?.subsets?.some((each) => each.name === subset) === true,
          ),
      );
      if (missing === undefined) continue;
      const object = referenceTo(virtualService);
      // A controller outside the mesh sends to the Pods past every VirtualService.
      const isInMesh = callers?.some(isMeshed) === true;
      yield {
        object,
        message: `sends requests for Service \`${backend.serviceName}\` to subset \`${missing.subset}\`, which no DestinationRule defines`,
        ...(isInMesh ? {} : { symptom: null, severity: 'info' as const }),
        partial: destinations.some((each) => each.subset !== missing.subset),
        evidence: [
          fieldEvidence(object, 'spec.http[].route[].destination.subset', missing.subset),
          fieldEvidence(object, 'spec.hosts', hosts.join(', ')),
        ],
        fix: {
          summary: 'define the subset in a DestinationRule for the Service, or take it out of the route',
          commands: [
            { run: kubectl(namespace, 'get', 'destinationrule', '-o', 'yaml'), effect: 'looks' },
            { run: kubectl(object.namespace, 'edit', 'virtualservice', object.name), effect: 'changes' },
          ],
        },
      };
      return;
    }
  },
});

function destinationsOf({ spec }: VirtualService): readonly Destination[] {
  return (spec?.http ?? []).flatMap(({ route }) =>
    (route ?? []).flatMap(({ destination }) => destination ?? []),
  );
}

/** A host as Istio completes it: a short name lies in the namespace of the object that names it. */
function fullName(host: string, namespace = ''): string {
  const [name = '', where = namespace, ...rest] = host.split('.');
  return rest.length === 0 || host.endsWith('.svc') ? `${name}.${where}.svc.cluster.local` : host;
}
