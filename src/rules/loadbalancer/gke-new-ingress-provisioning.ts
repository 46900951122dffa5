import { kubectl } from '../../kubernetes/command.ts';
import { secondsSince, showDuration } from '../../kubernetes/duration.ts';
import { defineRule } from '../rule.ts';
import { hasIngressAddress } from '../shared/cloud-events.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { BACKENDS_ANNOTATION, gkeBackends } from '../shared/gke-backends.ts';

export const gkeNewIngressProvisioning = defineRule({
  code: 'GD0217',
  name: 'gke-new-ingress-provisioning',
  title: 'the load balancer of a new Ingress is still being made',
  hop: 'loadbalancer',
  severity: 'low',
  confidence: 'suspect',
  symptom: 'no-address',
  explains: ['ingress-status-empty'],
  visits: 'ingress',
  needs: [],
  uses: ['events'],

  *check({ now, trace, ingress, events }) {
    if (!trace.controller.profile.isManaged) return;
    const age = secondsSince(ingress.metadata?.creationTimestamp, now);
    if (age === undefined || age > SETUP || events?.some(({ type }) => type === 'Warning') === true) return;
    const unknown = (gkeBackends(ingress) ?? []).filter(({ state }) => state.toLowerCase() === 'unknown');
    if (hasIngressAddress(trace) && unknown.length === 0) return;
    const object = trace.reference;
    yield {
      object,
      message: hasIngressAddress(trace)
        ? 'its load balancer is new, and has not checked all of its backends yet'
        : 'it is new, and its load balancer is still being made: that takes some minutes',
      evidence: [
        { object, source: 'age', value: showDuration(age) },
        hasIngressAddress(trace)
          ? fieldEvidence(
              object,
              `metadata.annotations[${BACKENDS_ANNOTATION}]`,
              unknown.map(({ name, state }) => `${name}: ${state}`).join(', '),
            )
          : fieldEvidence(object, 'status.loadBalancer.ingress', undefined),
      ],
      fix: {
        summary: 'wait some minutes, and look again',
        commands: [
          { run: kubectl(object.namespace, 'get', 'ingress', object.name, '--watch'), effect: 'looks' },
        ],
      },
    };
  },
});

/** Seconds that a load balancer outside the cluster may take until it serves a new Ingress. */
const SETUP = 10 * 60;
