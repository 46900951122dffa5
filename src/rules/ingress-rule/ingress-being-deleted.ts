import { kubectl } from '../../kubernetes/command.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';

/** Controllers that take the rules off their load balancer at once, and let go of the Ingress when that is done. */
const TEARS_DOWN: ReadonlySet<string> = new Set(['aws-alb', 'gke']);

export const ingressBeingDeleted = defineRule({
  code: 'GD0308',
  name: 'ingress-being-deleted',
  title: 'the Ingress is being deleted',
  hop: 'ingress-rule',
  severity: 'medium',
  confidence: 'likely',
  explains: ['ingress-status-empty'],
  visits: 'ingress',
  needs: [],

  *check({ trace, ingress }) {
    const { deletionTimestamp, finalizers = [] } = ingress.metadata ?? {};
    if (deletionTimestamp === undefined) return;
    const object = trace.reference;
    const isTornDown = TEARS_DOWN.has(trace.controller.profile.product);
    yield {
      ...(isTornDown && { severity: 'high', symptom: 'not-served' }),
      object,
      message:
        finalizers.length === 0
          ? 'is being deleted: its rules are taken away'
          : `is being deleted and waits for finalizer \`${finalizers.join('`, `')}\`: its rules may be gone already`,
      evidence: [
        fieldEvidence(object, 'metadata.deletionTimestamp', deletionTimestamp),
        ...(finalizers.length === 0
          ? []
          : [fieldEvidence(object, 'metadata.finalizers', finalizers.join(', '))]),
      ],
      since: deletionTimestamp,
      fix: {
        summary:
          'create the Ingress anew if it is wanted; where a finalizer holds it, bring back the controller that removes it',
        commands: [{ run: kubectl(object.namespace, 'describe', 'ingress', object.name), effect: 'looks' }],
      },
    };
  },
});
