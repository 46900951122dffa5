import { kubectl } from '../../kubernetes/command.ts';
import { eventsWithReason } from '../../kubernetes/events.ts';
import type { Confidence } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { referenceTo } from '../../model/reference.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { albAnnotation, albSetting, classParams, isAlb } from '../shared/aws.ts';
import { frozenSymptom, frozenWords, hasIngressAddress } from '../shared/cloud-events.ts';
import { eventEvidence, fieldEvidence } from '../shared/evidence.ts';

export const awsInstanceTargetClusterip = defineRule({
  code: 'GD0213',
  name: 'aws-instance-target-clusterip',
  title: 'the load balancer is to send to node ports, and the Service has none',
  hop: 'loadbalancer',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'stale-configuration',
  explains: ['aws-failed-build-model', 'ingress-status-empty'],
  visits: 'service',
  needs: [],

  *check({ trace, ingress, backend, service }) {
    if (!isAlb(trace) || (service.spec?.type ?? 'ClusterIP') !== 'ClusterIP') return;
    const set =
      classParams(trace)?.targetType ??
      albSetting(service, 'target-type') ??
      albSetting(ingress, 'target-type');
    const type = set ?? defaultTargetType(trace);
    if (type.trim() !== 'instance') return;
    const [event] = eventsWithReason(valueOr(trace.events, []), 'FailedBuildModel').filter(
      ({ message = '' }) => message.includes('TargetGroup port is empty'),
    );
    const object = referenceTo(service);
    const confidence = event === undefined ? confidenceWithout(trace, set) : 'certain';
    const isSuspect = confidence === 'suspect';
    yield {
      object,
      message: `it is of type ClusterIP, and target type \`instance\`${set === undefined ? ', the default,' : ''} needs a node port: ${isSuspect ? 'the controller cannot build its target group' : frozenWords(trace)}`,
      evidence: [
        fieldEvidence(object, 'spec.type', service.spec?.type),
        fieldEvidence(trace.reference, TYPE_FIELD, albSetting(ingress, 'target-type')),
        ...(event === undefined ? [] : [eventEvidence(trace.reference, event)]),
      ],
      confidence,
      symptom: frozenSymptom(trace),
      ...(isSuspect && ({ severity: 'info' } as const)),
      fix: {
        summary: `let the load balancer send to the Pods of Service \`${backend.serviceName}\` themselves, or make it a NodePort Service`,
        commands: [
          {
            run: kubectl(
              trace.reference.namespace,
              'annotate',
              'ingress',
              trace.reference.name,
              '--overwrite',
              `${albAnnotation('target-type')}=ip`,
            ),
            effect: 'changes',
          },
        ],
      },
    };
  },
});

const TYPE_FIELD = `metadata.annotations[${albAnnotation('target-type')}]`;

/** EKS Auto Mode and a flag of the controller may change the default, which is `instance`. */
function defaultTargetType({ controller }: IngressTrace): string {
  if (controller.profile.isInvisible) return 'ip';
  return controller.serving?.settings.get('default-target-type') ?? 'instance';
}

/** Without the controller's word only the settings tell, and IngressClassParams that could not be read may override them. */
function confidenceWithout(trace: IngressTrace, set: string | undefined): Confidence {
  const { controller, classParameters } = trace;
  const isHidden = !classParameters.ok;
  const isUnknown = set === undefined && controller.serving === undefined;
  if (isHidden || isUnknown || hasIngressAddress(trace)) return 'suspect';
  return 'likely';
}
