import { kubectl } from '../../kubernetes/command.ts';
import { secondsSince } from '../../kubernetes/duration.ts';
import type { Severity } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import type { ControllerTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const ingressStatusEmpty = defineRule({
  code: 'GD0201',
  name: 'ingress-status-empty',
  title: 'no controller has given the Ingress an address',
  hop: 'loadbalancer',
  severity: 'low',
  confidence: 'suspect',
  explains: [],
  visits: 'ingress',
  needs: [],

  *check({ now, trace, ingress }) {
    const { controller, reference: object } = trace;
    // The API server always fills in a status: without one, whoever made the file left it out.
    if (ingress.status === undefined || (ingress.status.loadBalancer?.ingress?.length ?? 0) > 0) return;
    const age = secondsSince(ingress.metadata?.creationTimestamp, now);
    if (age !== undefined && age <= SETUP) return;
    const { serving, profile } = controller;
    if (serving !== undefined && !profile.writesStatus(serving.settings)) return;
    yield {
      object,
      message:
        'has no address: its controller has not taken it up, or has no address of its own to give (requests may work all the same)',
      evidence: [fieldEvidence(object, 'status.loadBalancer.ingress', undefined)],
      severity: severityOf(controller),
      fix: {
        summary:
          "see what the controller's events say of the Ingress, and by which address the controller is reached",
        commands: [{ run: kubectl(object.namespace, 'describe', 'ingress', object.name), effect: 'looks' }],
      },
    };
  },
});

/** Seconds that a controller may take to write the status. */
const SETUP = 120;

/** A controller without a load balancer often has no address to write; what an unknown one writes is not known. */
function severityOf({ serving, profile }: ControllerTrace): Severity {
  if (serving === undefined) return profile.product === 'unknown' ? 'info' : 'low';
  const services = valueOr(serving.services, []);
  return services.some(({ spec }) => spec?.type === 'LoadBalancer') ? 'low' : 'info';
}
