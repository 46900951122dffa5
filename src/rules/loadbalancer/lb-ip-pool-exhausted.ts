import { kubectl } from '../../kubernetes/command.ts';
import type { IpAddressPool } from '../../kubernetes/custom/load-balancers.ts';
import { newestEvent } from '../../kubernetes/events.ts';
import { findCondition } from '../../kubernetes/pod.ts';
import type { Event, Service } from '../../kubernetes/types.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { eventsAbout, isPending, otherWayIn } from '../shared/controller-address.ts';
import { eventEvidence, fieldEvidence } from '../shared/evidence.ts';

export const lbIpPoolExhausted = defineRule({
  code: 'GD0222',
  name: 'lb-ip-pool-exhausted',
  title: 'no address can be taken from the pool for the Service of the controller',
  hop: 'loadbalancer',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'no-address',
  explains: ['lb-service-pending', 'ingress-status-empty'],
  visits: 'controller',
  needs: ['services', 'pods'],
  uses: ['events', 'addressPools'],

  *check({ trace, services, pods, events, addressPools }) {
    const wayIn = otherWayIn(trace, services, pods);
    for (const service of services.filter(isPending)) {
      const refusal = refusalOf(service, events ?? []);
      if (refusal === undefined) continue;
      const object = referenceTo(service);
      yield {
        object,
        message: `it is of type LoadBalancer and gets no address: ${whyOf(refusal.text)}`,
        evidence: [
          refusal.evidence,
          fieldEvidence(object, 'status.loadBalancer.ingress', undefined),
          ...(addressPools ?? []).slice(0, 3).map(poolEvidence),
          ...(wayIn === undefined ? [] : [wayIn]),
        ],
        ...(wayIn !== undefined && ({ severity: 'info', symptom: null } as const)),
        fix: {
          summary:
            'add addresses to the pool, free one that another Service holds, or ask for another address',
          commands: [
            { run: kubectl(object.namespace, 'describe', 'service', object.name), effect: 'looks' },
            { run: POOLS[refusal.by], effect: 'looks' },
            {
              run: 'kubectl get services --all-namespaces --field-selector spec.type=LoadBalancer',
              effect: 'looks',
            },
          ],
        },
      };
    }
  },
});

/** Where each implementation keeps its pools. */
const POOLS = {
  metallb: 'kubectl get ipaddresspools.metallb.io --all-namespaces -o yaml',
  cilium: 'kubectl get ciliumloadbalancerippools.cilium.io -o yaml',
} as const;

interface Refusal {
  readonly by: keyof typeof POOLS;
  readonly text: string;
  readonly evidence: Evidence;
}

/** MetalLB, and PureLB like it, say so in an event; Cilium in a condition. */
function refusalOf(service: Service, events: readonly Event[]): Refusal | undefined {
  const object = referenceTo(service);
  const event = newestEvent(eventsAbout(service, events), 'AllocationFailed', 'IPAllocated');
  if (event?.reason === 'AllocationFailed') {
    return { by: 'metallb', text: event.message ?? '', evidence: eventEvidence(object, event) };
  }
  const condition = findCondition(service.status?.conditions, CILIUM);
  if (condition?.status !== 'False') return undefined;
  const text = `${condition.reason ?? ''} ${condition.message ?? ''}`;
  return {
    by: 'cilium',
    text,
    evidence: fieldEvidence(object, `status.conditions[${CILIUM}]`, `False: ${text.trim()}`),
  };
}

function poolEvidence(pool: IpAddressPool): Evidence {
  const { addresses = [], autoAssign } = pool.spec ?? {};
  const value = `${addresses.join(', ') || 'none'}${autoAssign === false ? ' (only for Services that ask for it)' : ''}`;
  return fieldEvidence(referenceTo(pool), 'spec.addresses', value);
}

const CILIUM = 'cilium.io/IPAMRequestSatisfied';

function whyOf(text: string): string {
  if (/sharing key|already (?:in use|allocated|used)|is in use|address also in use/i.test(text)) {
    return 'the address that it asks for is used by another Service';
  }
  if (/no available IPs|out_of_ips|exhausted|ran out/i.test(text)) return 'the pool has no free address';
  if (/unknown pool|no_pool|no such pool|not allowed/i.test(text)) return 'no pool is meant for it';
  return 'none could be allocated';
}
