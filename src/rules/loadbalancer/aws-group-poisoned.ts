import { kubectl } from '../../kubernetes/command.ts';
import type { Event, Ingress } from '../../kubernetes/types.ts';
import { referenceTo, showReference } from '../../model/reference.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { BUILD_FAILURES, DEPLOY_FAILURES, ingressGroup, isAlb, RECONCILED } from '../shared/aws.ts';
import { eventSince, frozenSymptom, frozenWords, lastFailure } from '../shared/cloud-events.ts';
import { eventEvidence } from '../shared/evidence.ts';

export const awsGroupPoisoned = defineRule({
  code: 'GD0212',
  name: 'aws-group-poisoned',
  title: 'another Ingress of the same IngressGroup keeps the shared load balancer from being changed',
  hop: 'loadbalancer',
  severity: 'high',
  confidence: 'certain',
  symptom: 'stale-configuration',
  explains: ['aws-failed-build-model', 'ingress-status-empty'],
  visits: 'ingress',
  needs: ['allIngresses'],
  uses: ['events'],

  *check({ trace, ingress, allIngresses, events }) {
    const group = ingressGroup(ingress, trace);
    if (!isAlb(trace) || group === undefined) return;
    if (events === undefined) {
      yield { cannotTell: 'events' };
      return;
    }
    const event = lastFailure(events, BUILD_FAILURES, [...DEPLOY_FAILURES, RECONCILED]);
    const culprit =
      event === undefined ? undefined : culpritOf(event, ingress, membersOf(group, allIngresses, trace));
    if (event === undefined || culprit === undefined) return;
    const object = referenceTo(culprit);
    yield {
      object,
      message: `it cannot be built into the load balancer of group \`${group}\`, which ${showReference(trace.reference)} shares: ${frozenWords(trace)}`,
      evidence: [
        eventEvidence(trace.reference, event),
        { object, source: 'IngressGroup', value: group },
        { object: trace.reference, source: 'IngressGroup', value: group },
      ],
      symptom: frozenSymptom(trace),
      ...eventSince(event),
      fix: {
        summary: `mend ${showReference(object)} as the event says, or move it to a group of its own`,
        commands: [
          { run: kubectl(object.namespace, 'describe', 'ingress', object.name), effect: 'looks' },
          {
            run: kubectl(
              object.namespace,
              'annotate',
              'ingress',
              object.name,
              '--overwrite',
              `alb.ingress.kubernetes.io/group.name=${object.name}`,
            ),
            effect: 'changes',
          },
        ],
      },
    };
  },
});

function membersOf(group: string, ingresses: readonly Ingress[], trace: IngressTrace): readonly Ingress[] {
  return ingresses.filter((ingress) => ingressGroup(ingress, trace) === group);
}

/**
 * The other member that the error is about: the one that it names, else the only one that refers to the Service that
 * it names. Undefined where it may as well be this Ingress.
 */
function culpritOf(
  { message = '' }: Event,
  ingress: Ingress,
  members: readonly Ingress[],
): Ingress | undefined {
  const names = new Set(message.split(/[^\w.\-/]+/).map((word) => word.replace(/[.:]+$/, '')));
  if (names.has(keyOf(ingress))) return undefined;
  const others = members.filter((member) => keyOf(member) !== keyOf(ingress));
  const named = others.find((member) => names.has(keyOf(member)));
  if (named !== undefined) return named;
  const refers = (member: Ingress) => servicesOf(member).some((service) => names.has(service));
  if (refers(ingress)) return undefined;
  const referring = others.filter(refers);
  return referring.length === 1 ? referring[0] : undefined;
}

function keyOf({ metadata }: Ingress): string {
  return `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;
}

/** The Services that an Ingress refers to, as `namespace/name`. */
function servicesOf({ metadata, spec }: Ingress): readonly string[] {
  const paths = (spec?.rules ?? []).flatMap(({ http }) => http?.paths ?? []);
  return [spec?.defaultBackend, ...paths.map(({ backend }) => backend)].flatMap((backend) =>
    backend?.service?.name === undefined ? [] : [`${metadata?.namespace ?? ''}/${backend.service.name}`],
  );
}
