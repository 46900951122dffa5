import { kubectl } from '../../kubernetes/command.ts';
import { secondsSince, showDuration } from '../../kubernetes/duration.ts';
import type { Service } from '../../kubernetes/types.ts';
import type { Node } from '../../kubernetes/workload-types.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { eventsAbout, isPending, otherWayIn } from '../shared/controller-address.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { patchObject } from '../shared/patch.ts';

export const lbNoImplementation = defineRule({
  code: 'GD0203',
  name: 'lb-no-implementation',
  title: 'nothing in the cluster gives out load balancer addresses',
  hop: 'loadbalancer',
  severity: 'critical',
  confidence: 'likely',
  symptom: 'no-address',
  explains: ['lb-service-pending', 'ingress-status-empty'],
  visits: 'controller',
  needs: ['services', 'pods'],
  uses: ['events', 'nodes'],

  *check({ now, trace, services, pods, events, nodes }) {
    if (events === undefined || nodes === undefined || nodes.some(isInCloud)) return;
    const wayIn = otherWayIn(trace, services, pods);
    for (const service of services.filter(isPending)) {
      const age = secondsSince(service.metadata?.creationTimestamp, now);
      if (age === undefined || age <= SETUP || eventsAbout(service, events).length > 0) continue;
      const object = referenceTo(service);
      const [node] = nodes;
      yield {
        object,
        message: `it waits for an address, and nothing has ever acted on it${ofClass(service)}: no load balancer implementation seems to be installed`,
        evidence: [
          fieldEvidence(object, 'status.loadBalancer.ingress', undefined),
          { object, source: 'age', value: showDuration(age) },
          { object, source: 'events', value: 'none' },
          ...(node === undefined ? [] : [providerEvidence(node)]),
          ...(wayIn === undefined ? [] : [wayIn]),
        ],
        ...(wayIn !== undefined && ({ severity: 'info', symptom: null } as const)),
        fix: {
          summary:
            'install an implementation such as MetalLB or kube-vip, or reach the controller by node ports instead',
          commands: [
            { run: kubectl(object.namespace, 'get', 'service', object.name, '-o', 'wide'), effect: 'looks' },
            patchObject(object, [{ op: 'replace', field: 'spec.type', value: 'NodePort' }]),
          ],
        },
      };
    }
  },
});

/** Seconds that a load balancer may take before its absence is a fault. */
const SETUP = 120;

/** A cloud provider writes its id on its Nodes. kind writes one too, and has no load balancers of its own. */
function isInCloud({ spec }: Node): boolean {
  return spec?.providerID !== undefined && !spec.providerID.startsWith('kind://');
}

function providerEvidence(node: Node): Evidence {
  return fieldEvidence(referenceTo(node), 'spec.providerID', node.spec?.providerID);
}

function ofClass({ spec }: Service): string {
  return spec?.loadBalancerClass === undefined ? '' : ` (loadBalancerClass \`${spec.loadBalancerClass}\`)`;
}
