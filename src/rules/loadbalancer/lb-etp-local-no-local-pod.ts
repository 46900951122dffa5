import { kubectl } from '../../kubernetes/command.ts';
import { isPodReady } from '../../kubernetes/pod.ts';
import type { Ingress } from '../../kubernetes/types.ts';
import type { Node } from '../../kubernetes/workload-types.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { isInNodeNetwork } from '../shared/controller-address.ts';
import { livingPods } from '../shared/controller-pods.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { patchObject } from '../shared/patch.ts';

export const lbEtpLocalNoLocalPod = defineRule({
  code: 'GD0204',
  name: 'lb-etp-local-no-local-pod',
  title: 'Nodes that clients are sent to have no Pod of the controller, and drop the requests',
  hop: 'loadbalancer',
  severity: 'high',
  confidence: 'likely',
  symptom: 'no-address',
  explains: [],
  visits: 'controller',
  needs: ['services', 'pods'],
  uses: ['nodes'],

  *check({ trace, ingress, services, pods, nodes }) {
    const ready = livingPods(pods).filter(isPodReady);
    // Pods in the Node's network take requests beside the Service; without any ready Pod that is the fault.
    if (ready.length === 0 || ready.some(isInNodeNetwork)) return;
    // A load balancer checks its Nodes' health and leaves out those without a Pod.
    const local = services.filter(
      ({ spec }) => spec?.type === 'NodePort' && spec.externalTrafficPolicy === 'Local',
    );
    if (local.length > 0 && nodes === undefined && hasAddress(ingress)) yield { cannotTell: 'nodes' };
    const targets = addressedNodes(ingress, nodes ?? []);
    const empty = targets.filter(({ node }) => !ready.some(({ spec }) => spec?.nodeName === node));
    if (empty.length === 0) return;
    for (const service of local) {
      const object = referenceTo(service);
      yield {
        object,
        message: `${empty.length} of ${targets.length} Nodes that the Ingress gives as address have no ready Pod of the controller, and externalTrafficPolicy \`Local\` forwards to no other Node`,
        evidence: [
          fieldEvidence(object, 'spec.externalTrafficPolicy', 'Local'),
          ...empty
            .slice(0, 3)
            .map(({ node, address }) =>
              fieldEvidence(trace.reference, 'status.loadBalancer.ingress', `${address} (Node ${node})`),
            ),
          { object, source: 'Nodes with a ready Pod', value: nodeNames(ready).join(', ') },
        ],
        partial: empty.length < targets.length,
        fix: {
          summary:
            'run a Pod of the controller on each of these Nodes, or let every Node forward (client addresses are then not kept)',
          commands: [
            { run: kubectl(object.namespace, 'get', 'pods', '-o', 'wide'), effect: 'looks' },
            patchObject(object, [{ op: 'replace', field: 'spec.externalTrafficPolicy', value: 'Cluster' }]),
          ],
        },
      };
    }
  },
});

function hasAddress({ status }: Ingress): boolean {
  return (status?.loadBalancer?.ingress?.length ?? 0) > 0;
}

/** The Nodes whose addresses stand in the Ingress's status. */
function addressedNodes(
  { status }: Ingress,
  nodes: readonly Node[],
): readonly { readonly node: string; readonly address: string }[] {
  return (status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) => {
    const address = ip ?? hostname;
    const node = nodes.find((each) => each.status?.addresses?.some((known) => known.address === address));
    const name = node?.metadata?.name;
    return address === undefined || name === undefined ? [] : [{ node: name, address }];
  });
}

function nodeNames(pods: readonly { readonly spec?: { readonly nodeName?: string } }[]): readonly string[] {
  return [...new Set(pods.flatMap(({ spec }) => spec?.nodeName ?? []))];
}
