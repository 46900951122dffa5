import { kubectl } from '../../kubernetes/command.ts';
import { CLASS_ANNOTATION } from '../../kubernetes/ingress-class.ts';
import { nearest } from '../../kubernetes/nearest.ts';
import type { Command, Confidence, Fix } from '../../model/finding.ts';
import type { ControllerInstance, IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import {
  claimEvidence,
  classEvidence,
  classSource,
  controllersEvidence,
  isDefaultName,
  isServed,
  LIST_CLASSES,
  servedClasses,
  useClass,
} from '../shared/class-claims.ts';

export const classAnnotationOnly = defineRule({
  code: 'GD0105',
  name: 'class-annotation-only',
  title: 'the class is named by the deprecated annotation only',
  hop: 'class',
  severity: 'info',
  confidence: 'certain',
  symptom: 'not-served',
  explains: ['ingress-status-empty'],
  visits: 'ingress',
  needs: ['ingressClasses', 'instances'],

  *check({ trace, ingressClasses, instances }) {
    const { binding, controller, reference: object } = trace;
    const { field, annotation = '' } = binding;
    if (field !== undefined || classSource(trace) !== 'annotation') return;
    const known = [...instances, ...controller.others];
    const served = servedClasses(ingressClasses, known);
    const [first, ...others] = [...classEvidence(trace), ...claimEvidence(known, binding)];
    if (first === undefined) return;

    if (isServed(trace)) {
      // GKE's controller knows no other way.
      if (!controller.profile.isInvisible) {
        yield {
          object,
          message: `names its class \`${annotation}\` by the deprecated annotation \`${CLASS_ANNOTATION}\``,
          evidence: [first, ...others],
          symptom: null,
          ...withFix(replaceAnnotation(trace, servedClasses(ingressClasses, servingOf(trace)))),
        };
      }
      return;
    }
    const confidence = confidenceOf(trace, instances, known);
    yield {
      object,
      message: `annotation \`${CLASS_ANNOTATION}\` is \`${annotation}\`, and no controller that was found takes that`,
      evidence: [first, ...others, controllersEvidence(object, known)],
      severity: confidence === 'suspect' ? 'info' : 'high',
      confidence,
      fix: replaceAnnotation(trace, served) ?? {
        summary: 'give the annotation the value that the controller is set to, or install that controller',
        commands: [LIST_CLASSES],
      },
    };
  },
});

function servingOf({ controller }: IngressTrace): readonly ControllerInstance[] {
  return controller.serving === undefined ? controller.others : [controller.serving];
}

/**
 * A value that a product takes by default and its installations here do not, is proven to be taken by none.
 * Any other value may be that of a product that is not known, and more so where somebody gave the Ingress an address.
 */
function confidenceOf(
  { binding, controller, ingress }: IngressTrace,
  instances: readonly ControllerInstance[],
  known: readonly ControllerInstance[],
): Confidence {
  const { annotation = '', ingressClass } = binding;
  const { profile } = controller;
  if (isDefaultName(profile, annotation)) {
    if (instances.length > 0) return 'certain';
    return profile.isManaged || !controller.seesBeyondNamespace ? 'suspect' : 'likely';
  }
  if (known.length === 0 || ingressClass !== undefined) return 'suspect';
  const settings = known.flatMap((instance) => instance.settings.get('ingress-class') ?? 'nginx');
  const hasAddress = (ingress.status?.loadBalancer?.ingress?.length ?? 0) > 0;
  return nearest(annotation, settings) !== undefined || !hasAddress ? 'likely' : 'suspect';
}

/** Names a class that is served by the field instead, and takes the annotation away. */
function replaceAnnotation({ reference }: IngressTrace, served: readonly string[]): Fix | undefined {
  const [name] = served;
  if (name === undefined) return undefined;
  const drop: Command = {
    run: kubectl(reference.namespace, 'annotate', 'ingress', reference.name, `${CLASS_ANNOTATION}-`),
    effect: 'changes',
  };
  return {
    summary: `set \`spec.ingressClassName\` to \`${name}\`, then take the annotation away`,
    commands: [LIST_CLASSES, useClass(reference, name), drop],
  };
}

function withFix(fix: Fix | undefined): { readonly fix?: Fix } {
  return fix === undefined ? {} : { fix };
}
