import { nearest } from '../../kubernetes/nearest.ts';
import type { IngressClass } from '../../kubernetes/types.ts';
import type { Confidence, Fix } from '../../model/finding.ts';
import { type ObjectReference, reference } from '../../model/reference.ts';
import type { ControllerInstance, IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import {
  classEvidence,
  classesEvidence,
  classSource,
  isServed,
  LIST_CLASSES,
  servedClasses,
  useClass,
} from '../shared/class-claims.ts';

export const ingressclassMissing = defineRule({
  code: 'GD0101',
  name: 'ingressclass-missing',
  title: 'the IngressClass does not exist',
  hop: 'class',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'not-served',
  explains: ['ingressclass-no-controller', 'ingress-status-empty'],
  visits: 'ingress',
  needs: ['ingressClasses'],
  uses: ['instances'],

  *check({ trace, ingressClasses, instances }) {
    const { binding, controller, reference: object } = trace;
    const { field } = binding;
    if (field === undefined || classSource(trace) !== 'field' || binding.ingressClass !== undefined) return;
    if (isServed(trace)) return;
    // Who compares names only needs no IngressClass; that no installation has this name is another rule's to say.
    const mayCompareNames = !controller.profile.readsIngressClasses && instances?.length !== 0;
    if (mayCompareNames && controller.profile.product !== 'gke') return;

    const served = servedClasses(ingressClasses, [...(instances ?? []), ...controller.others]);
    const meant = meantClass(field, ingressClasses, served);
    yield {
      object,
      message: `IngressClass \`${field}\` does not exist${meant === undefined ? '' : `; \`${meant}\` does`}`,
      evidence: [
        { object: reference('IngressClass', undefined, field), source: 'API server', value: 'not found' },
        ...classEvidence(trace),
        classesEvidence(object, ingressClasses),
      ],
      fix: fixOf(object, field, meant),
      confidence: confidenceOf(trace, instances),
    };
  },
});

/** The class that is nearly named so, else the only one that there is a controller for. */
function meantClass(
  field: string,
  classes: readonly IngressClass[],
  served: readonly string[],
): string | undefined {
  const near = nearest(
    field,
    classes.flatMap(({ metadata }) => metadata?.name ?? []),
  );
  return near ?? (served.length === 1 ? served[0] : undefined);
}

/** A product that is not known may compare names only, and so may any that could not be looked for. */
function confidenceOf(
  { controller }: IngressTrace,
  instances: readonly ControllerInstance[] | undefined,
): Confidence {
  if (instances === undefined) return 'suspect';
  const { product, readsIngressClasses } = controller.profile;
  return product !== 'unknown' && readsIngressClasses ? 'certain' : 'likely';
}

function fixOf(ingress: ObjectReference, field: string, meant: string | undefined): Fix {
  if (meant === undefined) {
    return {
      summary: `create IngressClass \`${field}\` together with its controller, or name one that exists`,
      commands: [LIST_CLASSES],
    };
  }
  return {
    summary: `name IngressClass \`${meant}\` in the Ingress if that is meant`,
    commands: [LIST_CLASSES, useClass(ingress, meant)],
  };
}
