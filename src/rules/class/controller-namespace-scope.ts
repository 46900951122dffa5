import { type OutOfScope, outOfScope, type Place, selectsNamespaces } from '../../controllers/scope.ts';
import { kubectl } from '../../kubernetes/command.ts';
import type { Command, Evidence } from '../../model/finding.ts';
import { reference } from '../../model/reference.ts';
import type { ControllerInstance, IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { claimantsOf, installationOf } from '../shared/class-claims.ts';
import { labelCommand, showLabels } from '../shared/labels.ts';

export const controllerNamespaceScope = defineRule({
  code: 'GD0112',
  name: 'controller-namespace-scope',
  title: 'the controller does not look at this namespace, or at this Ingress',
  hop: 'class',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'not-served',
  explains: ['ingress-status-empty', 'admission-webhook-unreachable'],
  visits: 'ingress',
  needs: ['instances'],
  uses: ['namespace'],

  *check({ trace, ingress, instances, namespace }) {
    const claimants = claimantsOf(trace, instances);
    if (claimants.length === 0) return;
    const place = {
      namespace: trace.reference.namespace ?? '',
      ...(namespace !== undefined && { namespaceLabels: namespace.metadata?.labels ?? {} }),
      ingressLabels: ingress.metadata?.labels ?? {},
    };
    const limits = claimants.flatMap((instance) => {
      const limit = outOfScope(instance, place);
      return limit === undefined ? [] : [{ instance, limit }];
    });
    if (limits.length < claimants.length) {
      const isOpen = claimants.every((instance) => selectsNamespaces(instance));
      if (isOpen && namespace === undefined) yield { cannotTell: 'namespace' };
      return;
    }
    const [first] = limits;
    if (first === undefined) return;
    const { flag, value } = first.limit;
    const of = flagKind(first.instance, flag);
    yield {
      object: installationOf(first.instance),
      message: `\`--${flag}=${value}\` leaves ${of === 'ingress' ? 'this Ingress' : `namespace \`${place.namespace}\``} out: the controller does not look at it`,
      evidence: [
        argumentEvidence(first),
        ...limits.slice(1, 4).map(argumentEvidence),
        ...labelEvidence(trace, place, of),
      ],
      fix: {
        summary:
          of === 'names'
            ? `add \`${place.namespace}\` to \`--${flag}\`, or name a class whose controller looks at this namespace`
            : `give the ${of === 'ingress' ? 'Ingress' : 'namespace'} the labels that \`--${flag}\` asks for, or change that argument`,
        commands: fixCommands(trace, first, of),
      },
    };
  },
});

interface Limit {
  readonly instance: ControllerInstance;
  readonly limit: OutOfScope;
}

type FlagKind = 'names' | 'namespace' | 'ingress';

function flagKind({ profile }: ControllerInstance, flag: string): FlagKind {
  if (profile.scopeFlags?.namespaces === flag) return 'names';
  return profile.scopeFlags?.ingressSelector === flag ? 'ingress' : 'namespace';
}

function argumentEvidence({ instance, limit }: Limit): Evidence {
  return { object: installationOf(instance), source: `argument --${limit.flag}`, value: limit.value };
}

function labelEvidence(
  { reference: ingress }: IngressTrace,
  place: Place,
  of: FlagKind,
): readonly Evidence[] {
  if (of === 'names') return [];
  const isIngress = of === 'ingress';
  const object = isIngress ? ingress : reference('Namespace', undefined, place.namespace);
  const labels = isIngress ? place.ingressLabels : place.namespaceLabels;
  return [{ object, field: 'metadata.labels', value: showLabels(labels) }];
}

function fixCommands(
  { reference: ingress }: IngressTrace,
  { instance, limit }: Limit,
  of: FlagKind,
): readonly Command[] {
  const { kind, namespace, name } = installationOf(instance);
  const look: Command = {
    run: kubectl(namespace, 'get', `${kind.toLowerCase()}/${name}`, '-o', 'yaml'),
    effect: 'looks',
  };
  if (of === 'names') return [look];
  const object = of === 'ingress' ? ingress : reference('Namespace', undefined, ingress.namespace ?? '');
  return [look, ...labelCommand(object, limit.value)];
}
