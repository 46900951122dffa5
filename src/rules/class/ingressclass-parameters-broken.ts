import type { ControllerProfile } from '../../controllers/profile.ts';
import { kubectl } from '../../kubernetes/command.ts';
import { matchesLabelSelector } from '../../kubernetes/selector.ts';
import type { IngressClass, LabelSelector } from '../../kubernetes/types.ts';
import type { ClassParameters } from '../../model/class-trace.ts';
import type { Command, Evidence, Report } from '../../model/finding.ts';
import { type ObjectReference, reference, referenceTo, showReference } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { classSource } from '../shared/class-claims.ts';
import { labelCommand, pairsOf, showLabels } from '../shared/labels.ts';

export const ingressclassParametersBroken = defineRule({
  code: 'GD0111',
  name: 'ingressclass-parameters-broken',
  title: 'the parameters of the IngressClass are missing, or not for this Ingress',
  hop: 'class',
  severity: 'high',
  confidence: 'certain',
  symptom: 'not-served',
  explains: ['ingress-status-empty', 'aws-failed-build-model'],
  visits: 'ingress',
  needs: [],
  uses: ['classParameters'],

  *check({ trace, classParameters }) {
    const { binding, controller } = trace;
    const { ingressClass } = binding;
    const { profile } = controller;
    if (ingressClass === undefined || classSource(trace) !== 'field') return;
    const fault = isForeign(ingressClass, profile)
      ? foreign(ingressClass, profile)
      : classParameters === undefined
        ? undefined
        : faultOf(classParameters, ingressClass, trace.reference);
    if (fault === undefined) return;
    yield {
      ...fault,
      // HAProxy Ingress goes on without the class's own defaults.
      ...(profile.product !== 'aws-alb' && { severity: 'low', symptom: null }),
    };
  },
});

function parametersOf({ spec }: IngressClass): string {
  const { apiGroup, kind = '', name = '' } = spec?.parameters ?? {};
  return `${apiGroup === undefined ? '' : `${apiGroup}/`}${kind} ${name}`;
}

/** Whether the class refers to something of another kind than its controller reads. */
function isForeign({ spec }: IngressClass, { parametersKind, isInvisible }: ControllerProfile): boolean {
  const { parameters } = spec ?? {};
  if (parameters === undefined || parametersKind === undefined || isInvisible) return false;
  return parameters.kind !== parametersKind.kind || (parameters.apiGroup ?? '') !== parametersKind.apiGroup;
}

function foreign(ingressClass: IngressClass, { title, parametersKind }: ControllerProfile): Report {
  const object = referenceTo(ingressClass);
  return {
    object,
    message: `its parameters are of a kind that ${title} does not read (it reads ${parametersKind?.kind ?? 'none'})`,
    evidence: [parametersEvidence(ingressClass)],
    fix: {
      summary: 'refer to an object of the right API group and kind, or take `spec.parameters` away',
      commands: [showClass(object)],
    },
  };
}

function faultOf(
  { reference: object, object: parameters, namespace }: ClassParameters,
  ingressClass: IngressClass,
  ingress: ObjectReference,
): Report | undefined {
  if (parameters === undefined) {
    return {
      object,
      message: `the parameters of IngressClass \`${ingressClass.metadata?.name ?? ''}\` do not exist`,
      evidence: [{ object, source: 'API server', value: 'not found' }, parametersEvidence(ingressClass)],
      fix: {
        summary: `create ${showReference(object)}, or take \`spec.parameters\` of the IngressClass away`,
        commands: [showClass(referenceTo(ingressClass))],
      },
    };
  }
  const selector = 'spec' in parameters ? parameters.spec?.namespaceSelector : undefined;
  const labels = namespace?.metadata?.labels;
  if (selector === undefined || namespace === undefined || matchesLabelSelector(selector, labels))
    return undefined;
  return {
    object,
    message: `the namespaceSelector of the class's parameters does not take namespace \`${ingress.namespace ?? ''}\``,
    evidence: [
      { object, field: 'spec.namespaceSelector', value: showSelector(selector) },
      { object: referenceTo(namespace), field: 'metadata.labels', value: showLabels(labels) },
    ],
    fix: {
      summary: 'give the namespace the labels that the selector asks for, or name a class that takes it',
      commands: [
        { run: kubectl(undefined, 'get', 'ingressclassparams', object.name, '-o', 'yaml'), effect: 'looks' },
        ...labelCommand(reference('Namespace', undefined, ingress.namespace ?? ''), pairsOf(selector)),
      ],
    },
  };
}

function showSelector(selector: LabelSelector): string {
  return pairsOf(selector) || JSON.stringify(selector);
}

function parametersEvidence(ingressClass: IngressClass): Evidence {
  return { object: referenceTo(ingressClass), field: 'spec.parameters', value: parametersOf(ingressClass) };
}

function showClass({ name }: ObjectReference): Command {
  return { run: kubectl(undefined, 'get', 'ingressclass', name, '-o', 'yaml'), effect: 'looks' };
}
