import { kubectl } from '../../kubernetes/command.ts';
import type { Fix } from '../../model/finding.ts';
import { defineRule } from '../rule.ts';
import { BUILD_FAILURES, DEPLOY_FAILURES, ingressGroup, isAlb, RECONCILED } from '../shared/aws.ts';
import { eventSince, frozenSymptom, frozenWords, lastFailure } from '../shared/cloud-events.ts';
import { eventEvidence } from '../shared/evidence.ts';

export const awsFailedBuildModel = defineRule({
  code: 'GD0210',
  name: 'aws-failed-build-model',
  title: 'AWS Load Balancer Controller cannot turn the Ingress into a load balancer',
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
    const event = lastFailure(events, BUILD_FAILURES, [...DEPLOY_FAILURES, RECONCILED]);
    if (event === undefined) return;
    const object = trace.reference;
    const group = ingressGroup(trace.ingress, trace);
    const hint = HINTS.find(([pattern]) => pattern.test(event.message ?? ''));
    yield {
      object,
      message: `${hint?.[1] ?? 'the controller cannot build a load balancer from it'} (event ${event.reason}): ${frozenWords(trace)}`,
      evidence: [
        eventEvidence(object, event),
        ...(group === undefined ? [] : [{ object, source: 'IngressGroup', value: group } as const]),
      ],
      symptom: frozenSymptom(trace),
      ...eventSince(event),
      fix: fixOf(hint?.[2], object.namespace, object.name),
    };
  },
});

/** Texts of the controller's errors, what they say, and what to do. */
const HINTS: readonly (readonly [RegExp, string, string])[] = [
  [
    /auto-discover subnets|resolve at least one subnet|subnets? .*(?:not found|found 0)|at least two subnets/i,
    'no subnets are found for its load balancer',
    "tag the subnets (kubernetes.io/role/elb=1, or kubernetes.io/role/internal-elb=1 for an internal one), or name them in the Ingress's annotation alb.ingress.kubernetes.io/subnets",
  ],
  [
    /TargetGroup port is empty/i,
    'one of its Services has no node port, which targets of type instance need',
    'set the annotation alb.ingress.kubernetes.io/target-type to ip, or make the Service a NodePort Service',
  ],
  [
    /unable to find port|port .* not found/i,
    'it names a port that its Service does not have',
    'name a port that the Service has',
  ],
  [
    /prefix path shouldn't contain wildcards/i,
    'a path of type Prefix holds a wildcard',
    'take the wildcard out of the path, or give the path the type ImplementationSpecific',
  ],
  [
    /no certificate found|certificate/i,
    'no certificate is found for its hosts',
    "import a certificate that covers the hosts into ACM, or name it in the Ingress's annotation alb.ingress.kubernetes.io/certificate-arn",
  ],
  [
    /conflicting/i,
    'settings of the Ingresses that share its load balancer contradict each other',
    'give all Ingresses of the group the same value, or set it on one of them only',
  ],
];

function fixOf(summary: string | undefined, namespace: string | undefined, name: string): Fix {
  return {
    summary: summary ?? 'mend what the event says',
    commands: [
      { run: kubectl(namespace, 'describe', 'ingress', name), effect: 'looks' },
      { run: kubectl(namespace, 'get', 'ingress', name, '-o', 'yaml'), effect: 'looks' },
    ],
  };
}
