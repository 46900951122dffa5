import { kubectl } from '../../kubernetes/command.ts';
import { defineRule } from '../rule.ts';
import { BUILD_FAILURES, DEPLOY_FAILURES, isAlb, RECONCILED } from '../shared/aws.ts';
import { eventSince, frozenSymptom, frozenWords, lastFailure } from '../shared/cloud-events.ts';
import { eventEvidence } from '../shared/evidence.ts';

export const awsFailedDeployModel = defineRule({
  code: 'GD0211',
  name: 'aws-failed-deploy-model',
  title: "AWS refuses the change that the Ingress's load balancer needs",
  hop: 'loadbalancer',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'stale-configuration',
  explains: ['ingress-status-empty'],
  visits: 'ingress',
  needs: [],
  uses: ['events'],

  *check({ trace, events }) {
    if (!isAlb(trace)) return;
    if (events === undefined) {
      yield { cannotTell: 'events' };
      return;
    }
    const event = lastFailure(events, DEPLOY_FAILURES, [...BUILD_FAILURES, RECONCILED]);
    if (event === undefined) return;
    const object = trace.reference;
    const refusal = REFUSALS.find(([pattern]) => pattern.test(event.message ?? ''));
    yield {
      object,
      message: `${refusal?.[1] ?? 'AWS or the API server refuses what the controller asks for'} (event ${event.reason}): ${frozenWords(trace)}`,
      evidence: [eventEvidence(object, event)],
      symptom: frozenSymptom(trace),
      ...eventSince(event),
      fix: {
        summary: refusal?.[2] ?? 'mend what the event says',
        commands: [{ run: kubectl(object.namespace, 'describe', 'ingress', object.name), effect: 'looks' }],
      },
    };
  },
});

/** What AWS's error codes say, and what to do. */
const REFUSALS: readonly (readonly [RegExp, string, string])[] = [
  [
    /AccessDenied|UnauthorizedOperation|not authorized to perform|WebIdentityErr/i,
    'the controller lacks an AWS permission',
    "grant the action that the event names to the IAM role of the controller's ServiceAccount",
  ],
  [
    /TooMany|LimitExceeded|QuotaExceeded|InsufficientFreeAddresses|InvalidSubnet/i,
    'an AWS quota is exhausted, or a subnet has no room',
    'raise the quota that the event names, or remove what is no longer used',
  ],
  [
    /CertificateNotFound|UnsupportedCertificate/i,
    'its certificate is not found in the region',
    'name a certificate of this region in the annotation alb.ingress.kubernetes.io/certificate-arn',
  ],
];
