import { kubectl } from '../../kubernetes/command.ts';
import type { Service } from '../../kubernetes/types.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { isInNodeNetwork } from '../shared/controller-address.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const lbNodeportOnly = defineRule({
  code: 'GD0233',
  name: 'lb-nodeport-only',
  title: 'the controller itself is reached by node ports only, not by ports 80 and 443',
  hop: 'loadbalancer',
  severity: 'info',
  confidence: 'likely',
  explains: [],
  visits: 'controller',
  needs: ['services', 'pods'],

  *check({ services, pods }) {
    if (pods.length === 0 || pods.some(isInNodeNetwork)) return;
    const web = services.filter(takesRequests);
    const [first] = web.filter(isNodePort).concat(web);
    if (first === undefined || web.some(isPublic)) return;
    const object = referenceTo(first);
    const ports = nodePorts(first);
    yield {
      object,
      message:
        ports.length === 0
          ? 'it is of type ClusterIP: from outside the cluster the controller is reached only through something in front of it'
          : `it is of type NodePort: Nodes take requests at ${ports.join(' and ')}, and nothing answers at 80 and 443 unless something in front of them does`,
      evidence: [typeEvidence(first), ...web.filter((service) => service !== first).map(typeEvidence)],
      ...(ports.length === 0 && ({ confidence: 'suspect' } as const)),
      fix: {
        summary:
          'use the node ports in URLs, put a load balancer in front of them, or make the Service one of type LoadBalancer',
        commands: [{ run: kubectl(object.namespace, 'get', 'services', '-o', 'wide'), effect: 'looks' }],
      },
    };
  },
});

/** Names of the ports for clients. */
const NAMES: readonly string[] = ['http', 'https', 'web', 'websecure'];

/** Services for metrics or admission webhooks select the same Pods. */
function takesRequests({ spec }: Service): boolean {
  return (spec?.ports ?? []).some(
    ({ port, name = '', targetPort }) =>
      targetPort !== 'webhook' && (port === 80 || port === 443 || NAMES.includes(name)),
  );
}

function isNodePort({ spec }: Service): boolean {
  return spec?.type === 'NodePort';
}

function isPublic({ spec }: Service): boolean {
  return spec?.type === 'LoadBalancer' || (spec?.externalIPs?.length ?? 0) > 0;
}

function nodePorts(service: Service): readonly number[] {
  if (!isNodePort(service)) return [];
  return (service.spec?.ports ?? []).flatMap(({ nodePort }) => nodePort ?? []);
}

function typeEvidence(service: Service): Evidence {
  return fieldEvidence(referenceTo(service), 'spec.type', service.spec?.type ?? 'ClusterIP');
}
