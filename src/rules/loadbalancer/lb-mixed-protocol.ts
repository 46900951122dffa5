import { kubectl } from '../../kubernetes/command.ts';
import { newestEvent } from '../../kubernetes/events.ts';
import { findCondition } from '../../kubernetes/pod.ts';
import type { Event, Service } from '../../kubernetes/types.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { eventsAbout, isPending, otherWayIn } from '../shared/controller-address.ts';
import { eventEvidence, fieldEvidence } from '../shared/evidence.ts';

export const lbMixedProtocol = defineRule({
  code: 'GD0224',
  name: 'lb-mixed-protocol',
  title: 'the load balancer does not take TCP and UDP ports of one Service',
  hop: 'loadbalancer',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'no-address',
  explains: ['lb-service-pending', 'ingress-status-empty'],
  visits: 'controller',
  needs: ['services', 'pods'],
  uses: ['events'],

  *check({ trace, services, pods, events }) {
    const wayIn = otherWayIn(trace, services, pods);
    for (const service of services) {
      if (service.spec?.type !== 'LoadBalancer' || protocolsOf(service).length < 2) continue;
      const refusal = refusalOf(service, events ?? []);
      if (refusal === undefined) continue;
      const object = referenceTo(service);
      const hasWayIn = !isPending(service) || wayIn !== undefined;
      yield {
        object,
        message: `its ports are ${protocolsOf(service).join(' and ')}, which the load balancer does not take together: ${isPending(service) ? 'it gets no address' : 'some of its ports are not opened'}`,
        evidence: [
          refusal,
          fieldEvidence(
            object,
            'spec.ports',
            (service.spec.ports ?? [])
              .map(({ port, protocol = 'TCP' }) => `${port ?? ''}/${protocol}`)
              .join(', '),
          ),
        ],
        ...(hasWayIn && ({ severity: isPending(service) ? 'info' : 'medium', symptom: null } as const)),
        fix: {
          summary: 'move the UDP ports to a Service of their own',
          commands: [{ run: kubectl(object.namespace, 'describe', 'service', object.name), effect: 'looks' }],
        },
      };
    }
  },
});

function protocolsOf({ spec }: Service): readonly string[] {
  return [...new Set((spec?.ports ?? []).map(({ protocol = 'TCP' }) => protocol))];
}

/** A condition by the API's own names, or the event that cloud providers write of the same name. */
function refusalOf(service: Service, events: readonly Event[]): Evidence | undefined {
  const object = referenceTo(service);
  const condition = findCondition(service.status?.conditions, 'LoadBalancerPortsError');
  if (condition?.status === 'True') {
    const value = `True: ${condition.reason ?? ''} ${condition.message ?? ''}`.trim();
    return fieldEvidence(object, 'status.conditions[LoadBalancerPortsError]', value);
  }
  const about = eventsAbout(service, events);
  const event =
    newestEvent(about, 'LoadBalancerMixedProtocolNotSupported') ??
    about.find(({ type, message = '' }) => type === 'Warning' && /mixed protocol/i.test(message));
  return event === undefined || !isPending(service) ? undefined : eventEvidence(object, event);
}
