import { kubectl } from '../../kubernetes/command.ts';
import type { Confidence } from '../../model/finding.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const resourceBackend = defineRule({
  code: 'GD0307',
  name: 'resource-backend',
  title: 'the backend is a resource, which the controller does not support',
  hop: 'ingress-rule',
  severity: 'high',
  confidence: 'certain',
  symptom: 'resource-backend',
  explains: [],
  visits: 'route',
  needs: [],

  *check({ trace, route }) {
    const resource = route.backend?.resource;
    if (resource === undefined) return;
    const object = trace.reference;
    const field = route.field === 'spec.defaultBackend' ? route.field : `${route.field}.backend`;
    yield {
      object,
      message: `backend \`${resource.kind ?? ''} ${resource.name ?? ''}\` is a resource: ${trace.controller.profile.title} forwards to Services only`,
      evidence: [
        fieldEvidence(object, `${field}.resource.kind`, resource.kind),
        fieldEvidence(object, `${field}.resource.name`, resource.name),
      ],
      confidence: confidenceOf(trace),
      fix: {
        summary: 'name a Service as backend, such as one of type ExternalName that leads to the resource',
        commands: [{ run: kubectl(object.namespace, 'edit', 'ingress', object.name), effect: 'changes' }],
      },
    };
  },
});

/** Some product that is not known may support it; of some known ones it is not settled what they answer. */
function confidenceOf({ controller }: IngressTrace): Confidence {
  const { profile, serving } = controller;
  if (profile.product === 'unknown') return 'suspect';
  const { status } = profile.answer('resource-backend', serving?.settings ?? new Map());
  return status === null ? 'likely' : 'certain';
}
