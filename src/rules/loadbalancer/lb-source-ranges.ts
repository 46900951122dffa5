import { kubectl } from '../../kubernetes/command.ts';
import type { KubeObject, Service } from '../../kubernetes/types.ts';
import type { Evidence } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { albAnnotation, isAlb } from '../shared/aws.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const lbSourceRanges = defineRule({
  code: 'GD0228',
  name: 'lb-source-ranges',
  title: 'the load balancer lets in only some client addresses',
  hop: 'loadbalancer',
  severity: 'info',
  confidence: 'suspect',
  symptom: 'no-address',
  explains: [],
  visits: 'ingress',
  needs: [],

  *check({ trace, ingress }) {
    const services =
      trace.controller.serving === undefined ? [] : valueOr(trace.controller.serving.services, []);
    const restricted = [
      ...services.filter(({ spec }) => spec?.type === 'LoadBalancer').flatMap(rangesOf),
      ...(isAlb(trace) ? annotatedRanges(ingress, [albAnnotation('inbound-cidrs')]) : []),
    ];
    for (const { ranges, evidence } of restricted) {
      const { object } = evidence;
      yield {
        object,
        message: `its load balancer drops connections from all client addresses but those of ${ranges.slice(0, 3).join(', ')}${ranges.length > 3 ? ', ...' : ''}`,
        evidence: [evidence],
        fix: {
          summary: 'add the addresses of the clients that must get in',
          commands: [
            {
              run: kubectl(object.namespace, 'get', object.kind.toLowerCase(), object.name, '-o', 'yaml'),
              effect: 'looks',
            },
          ],
        },
      };
    }
  },
});

interface Restriction {
  readonly ranges: readonly string[];
  readonly evidence: Evidence;
}

/** Annotations that mean the same as the field. */
const ANNOTATIONS: readonly string[] = [
  'service.beta.kubernetes.io/load-balancer-source-ranges',
  'service.beta.kubernetes.io/azure-allowed-ip-ranges',
  'service.beta.kubernetes.io/do-loadbalancer-allow-rules',
];

function rangesOf(service: Service): readonly Restriction[] {
  const ranges = service.spec?.loadBalancerSourceRanges ?? [];
  if (ranges.length > 0) {
    if (ranges.some(isEverybody)) return [];
    const evidence = fieldEvidence(referenceTo(service), 'spec.loadBalancerSourceRanges', ranges.join(', '));
    return [{ ranges, evidence }];
  }
  return annotatedRanges(service, ANNOTATIONS);
}

function annotatedRanges(object: KubeObject, names: readonly string[]): readonly Restriction[] {
  return names.flatMap((name) => {
    const value = object.metadata?.annotations?.[name] ?? '';
    const ranges = value
      .split(',')
      .map((range) => range.trim())
      .filter((range) => range !== '');
    if (ranges.length === 0 || ranges.some(isEverybody)) return [];
    return [{ ranges, evidence: fieldEvidence(referenceTo(object), `metadata.annotations[${name}]`, value) }];
  });
}

function isEverybody(range: string): boolean {
  return range.trim() === '0.0.0.0/0' || range.trim() === '::/0';
}
