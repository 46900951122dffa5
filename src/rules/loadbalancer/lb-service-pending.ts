import { kubectl } from '../../kubernetes/command.ts';
import { secondsSince } from '../../kubernetes/duration.ts';
import type { Event } from '../../kubernetes/types.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { eventsAbout, isPending, otherWayIn } from '../shared/controller-address.ts';
import { eventEvidence, fieldEvidence } from '../shared/evidence.ts';

export const lbServicePending = defineRule({
  code: 'GD0202',
  name: 'lb-service-pending',
  title: 'the Service of the controller has no load balancer address',
  hop: 'loadbalancer',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'no-address',
  explains: ['ingress-status-empty'],
  visits: 'controller',
  needs: ['services', 'pods'],
  uses: ['events'],

  *check({ now, trace, services, pods, events }) {
    const wayIn = otherWayIn(trace, services, pods);
    for (const service of services.filter(isPending)) {
      const object = referenceTo(service);
      const about = eventsAbout(service, events ?? []);
      const telling = about.find(({ type, reason }) => type === 'Warning' || FAILURES.has(reason ?? ''));
      const isNew = telling === undefined && isYoung(service.metadata?.creationTimestamp, now);
      const shown = about.slice(0, 2).map((event): Evidence => eventEvidence(object, event));
      yield {
        object,
        message: `it is of type LoadBalancer and was given no address${isNew ? ' yet' : ''}${reasonOf(telling)}`,
        evidence: [
          fieldEvidence(object, 'status.loadBalancer.ingress', undefined),
          ...shown,
          ...(wayIn === undefined ? [] : [wayIn]),
        ],
        ...(isNew && ({ confidence: 'likely' } as const)),
        ...(wayIn !== undefined && ({ severity: 'info', symptom: null } as const)),
        fix: {
          summary:
            telling === undefined
              ? 'see whether anything in the cluster gives out load balancer addresses, and what it says of this Service'
              : 'mend what the event says',
          commands: [{ run: kubectl(object.namespace, 'describe', 'service', object.name), effect: 'looks' }],
        },
      };
    }
  },
});

/** Reasons of events that stand for a refusal, whatever their type. */
const FAILURES: ReadonlySet<string> = new Set([
  'SyncLoadBalancerFailed',
  'UnAvailableLoadBalancer',
  'AllocationFailed',
]);

/** Seconds that a load balancer may take before its absence is a fault. */
const SETUP = 120;

function isYoung(created: string | undefined, now: Date): boolean {
  const age = secondsSince(created, now);
  return age !== undefined && age <= SETUP;
}

function reasonOf(event: Event | undefined): string {
  return event?.reason === undefined ? '' : ` (event ${event.reason})`;
}
