import { DEFAULT_CLASS_ANNOTATION } from '../../kubernetes/ingress-class.ts';
import type { IngressClass } from '../../kubernetes/types.ts';
import type { Confidence, Fix } from '../../model/finding.ts';
import type { ObjectReference } from '../../model/reference.ts';
import type { ControllerInstance, IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import {
  claimEvidence,
  classesEvidence,
  classSource,
  isServed,
  LIST_CLASSES,
  servedClasses,
  useClass,
} from '../shared/class-claims.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const ingressclassUnsetNoDefault = defineRule({
  code: 'GD0102',
  name: 'ingressclass-unset-no-default',
  title: 'the Ingress names no class, and no controller takes Ingresses without one',
  hop: 'class',
  severity: 'critical',
  confidence: 'likely',
  symptom: 'not-served',
  explains: ['ingressclass-no-controller', 'ingress-status-empty'],
  visits: 'ingress',
  needs: ['ingressClasses', 'instances'],

  *check({ trace, ingressClasses, instances }) {
    if (classSource(trace) !== 'none' || isServed(trace)) return;
    const { reference: object, controller } = trace;
    const known = [...instances, ...controller.others];
    const defaultClass = defaultClassOf(ingressClasses);
    const meant = defaultClass ?? onlyOne(servedClasses(ingressClasses, known));
    yield {
      object,
      message:
        defaultClass === undefined
          ? 'names no class, no IngressClass is the default, and no controller takes Ingresses without one'
          : `names no class; the default IngressClass \`${defaultClass}\` is only written into an Ingress when it is created`,
      evidence: [
        fieldEvidence(object, 'spec.ingressClassName', undefined),
        classesEvidence(object, ingressClasses),
        ...claimEvidence(known, trace.binding),
      ],
      fix: fixOf(object, meant),
      confidence: confidenceOf(trace, known),
    };
  },
});

function defaultClassOf(classes: readonly IngressClass[]): string | undefined {
  return classes.find(({ metadata }) => metadata?.annotations?.[DEFAULT_CLASS_ANNOTATION] === 'true')
    ?.metadata?.name;
}

function onlyOne(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}

/** Proven where every controller shows how it is set; an address in the status speaks for one that is not known. */
function confidenceOf(
  { ingress, controller }: IngressTrace,
  known: readonly ControllerInstance[],
): Confidence {
  const hasAddress = (ingress.status?.loadBalancer?.ingress?.length ?? 0) > 0;
  if (known.length === 0) return hasAddress || !controller.seesBeyondNamespace ? 'suspect' : 'likely';
  return !hasAddress && known.every(({ settings }) => settings.size > 0) ? 'certain' : 'likely';
}

function fixOf(ingress: ObjectReference, meant: string | undefined): Fix {
  if (meant === undefined) {
    return {
      summary: 'set `spec.ingressClassName` to the class of the controller that is to serve the Ingress',
      commands: [LIST_CLASSES],
    };
  }
  return {
    summary: `set \`spec.ingressClassName\` to \`${meant}\`, or create the Ingress anew where that is the default class`,
    commands: [LIST_CLASSES, useClass(ingress, meant)],
  };
}
