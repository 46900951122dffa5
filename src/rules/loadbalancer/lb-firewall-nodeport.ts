import { kubectl } from '../../kubernetes/command.ts';
import { newestFirst } from '../../kubernetes/events.ts';
import type { Event } from '../../kubernetes/types.ts';
import { reference } from '../../model/reference.ts';
import type { BackendTrace, IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { eventSince, happenedWithin } from '../shared/cloud-events.ts';
import { eventEvidence } from '../shared/evidence.ts';

export const lbFirewallNodeport = defineRule({
  code: 'GD0232',
  name: 'lb-firewall-nodeport',
  title: 'a firewall keeps the load balancer from its targets',
  hop: 'loadbalancer',
  severity: 'critical',
  confidence: 'likely',
  symptom: 'connect-timeout',
  explains: ['gke-backend-unhealthy', 'aws-targets-unhealthy', 'pod-readiness-gate'],
  visits: 'service',
  needs: [],
  uses: ['events'],

  *check({ now, trace, backend, events }) {
    if (!['aws-alb', 'gke'].includes(trace.controller.profile.product)) return;
    if (events === undefined) {
      yield { cannotTell: 'events' };
      return;
    }
    const [event] = newestFirst(
      events.filter((each) => asksForRule(each, trace) || isRefusedGroup(each, backend, trace)),
    );
    if (event === undefined || !happenedWithin(event, now, EXPIRY)) return;
    const isMissingRule = asksForRule(event, trace);
    const { kind = '', namespace, name = '' } = event.involvedObject ?? {};
    const about = reference(kind, namespace ?? trace.reference.namespace, name);
    yield {
      object: about,
      message: isMissingRule
        ? 'a firewall rule that its load balancer needs is missing, and the controller may not make it'
        : `the rules of the security groups that let the load balancer reach the Pods of Service \`${backend.serviceName}\` cannot be made`,
      evidence: [eventEvidence(about, event)],
      ...eventSince(event),
      fix: {
        summary: isMissingRule
          ? 'have the administrator of the network run the command of the event'
          : 'mend what the event says: leave exactly one security group with the tag of the cluster on the network interfaces, and grant the controller what it needs to change its rules',
        commands: [
          {
            run: kubectl(about.namespace, 'describe', about.kind.toLowerCase(), about.name),
            effect: 'looks',
          },
        ],
      },
    };
  },
});

/** Seconds after which an event no longer stands for the present. */
const EXPIRY = 60 * 60;

/** What GKE's controllers say where the network belongs to another project (ingress-gce pkg/firewalls). */
function asksForRule(
  { message = '', involvedObject }: Event,
  { controller, reference: ingress }: IngressTrace,
): boolean {
  const isAbout = involvedObject?.kind === 'Ingress' && involvedObject.name === ingress.name;
  return controller.profile.product === 'gke' && isAbout && /firewall change required by/i.test(message);
}

/** AWS Load Balancer Controller could not open a security group for the Service's target group. */
function isRefusedGroup(
  { reason, involvedObject }: Event,
  { namespace, serviceName }: BackendTrace,
  { controller }: IngressTrace,
): boolean {
  if (controller.profile.product !== 'aws-alb' || reason !== 'FailedNetworkReconcile') return false;
  const start = `k8s-${short(namespace)}-${short(serviceName)}-`;
  return involvedObject?.kind === 'TargetGroupBinding' && involvedObject.name?.startsWith(start) === true;
}

/** The first eight letters and digits, as the controller names its TargetGroupBindings. */
function short(name: string): string {
  return name.replaceAll(/[^a-z0-9]/gi, '').slice(0, 8);
}
