import { outOfScope } from '../../controllers/scope.ts';
import { settingOr } from '../../controllers/settings.ts';
import type { Evidence } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { showReference } from '../../model/reference.ts';
import type { ControllerInstance, IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { claimantsOf, claimEvidence, installationOf, LIST_CLASSES } from '../shared/class-claims.ts';
import { isScaledToZero } from '../shared/controller-pods.ts';

export const controllerTwins = defineRule({
  code: 'GD0113',
  name: 'controller-twins',
  title: 'two installations of controllers take the Ingress up',
  hop: 'class',
  severity: 'low',
  confidence: 'likely',
  explains: [],
  visits: 'ingress',
  needs: ['instances'],
  uses: ['namespace'],

  *check({ trace, ingress, instances, namespace }) {
    const place = {
      namespace: trace.reference.namespace ?? '',
      ...(namespace !== undefined && { namespaceLabels: namespace.metadata?.labels ?? {} }),
      ingressLabels: ingress.metadata?.labels ?? {},
    };
    const twins = distinct(
      claimantsOf(trace, instances).filter(
        (instance) => runs(instance) && outOfScope(instance, place) === undefined,
      ),
    );
    const [first, ...others] = claimEvidence(twins, trace.binding);
    if (twins.length < 2 || first === undefined) return;
    const writers = twins.filter(({ profile, settings }) => profile.writesStatus(settings));
    const isFlapping = new Set(writers.map(leaderOf)).size > 1;
    const names = twins.map((instance) => `\`${showReference(installationOf(instance))}\``).join(' and ');
    yield {
      object: trace.reference,
      message: `${names} both take it up${isFlapping ? ', and the address in its status goes back and forth between them' : ''}`,
      evidence: [first, ...others, ...addressEvidence(trace, twins)],
      ...(!isFlapping && { severity: 'info' }),
      fix: {
        summary:
          'give each installation an IngressClass and a controller name of its own, or take one of them away',
        commands: [LIST_CLASSES, { run: 'kubectl get deployments,daemonsets -A', effect: 'looks' }],
      },
    };
  },
});

/** What is scaled to nothing, as an old installation beside its successor may be, takes nothing up. */
function runs({ controlPlanes }: ControllerInstance): boolean {
  return !controlPlanes.every(isScaledToZero);
}

function distinct(instances: readonly ControllerInstance[]): readonly ControllerInstance[] {
  const byName = new Map(instances.map((instance) => [showReference(installationOf(instance)), instance]));
  return [...byName.values()];
}

/** Installations of one product in one namespace with one lease elect one of them to write: they do not contend. */
function leaderOf({ profile, namespace, settings }: ControllerInstance): string {
  return `${profile.product} ${namespace} ${settingOr(settings, 'election-id', '')}`;
}

function addressEvidence(
  { ingress, reference }: IngressTrace,
  twins: readonly ControllerInstance[],
): readonly Evidence[] {
  const addresses = (ingress.status?.loadBalancer?.ingress ?? []).flatMap(
    ({ ip, hostname }) => ip ?? hostname ?? [],
  );
  const services = twins.flatMap((instance) =>
    valueOr(instance.services, []).flatMap(({ status, metadata }) =>
      (status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }): Evidence[] => [
        {
          object: { kind: 'Service', namespace: instance.namespace, name: metadata?.name ?? '' },
          field: 'status.loadBalancer.ingress[0]',
          value: ip ?? hostname ?? '',
        },
      ]),
    ),
  );
  return [
    ...(addresses.length === 0
      ? []
      : [{ object: reference, field: 'status.loadBalancer.ingress', value: addresses.join(', ') }]),
    ...services,
  ];
}
