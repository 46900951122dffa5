import type { Confidence, Fix } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { ControllerInstance, IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import {
  claimEvidence,
  classEvidence,
  classSource,
  isServed,
  LIST_CLASSES,
  namesProduct,
  servedClasses,
  useClass,
} from '../shared/class-claims.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const ingressclassControllerArgMismatch = defineRule({
  code: 'GD0104',
  name: 'ingressclass-controller-arg-mismatch',
  title: 'the controller is set to another class than the Ingress names',
  hop: 'class',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'not-served',
  explains: ['ingress-status-empty'],
  visits: 'ingress',
  needs: ['ingressClasses', 'instances'],

  *check({ trace, ingressClasses, instances }) {
    const { binding, controller } = trace;
    const { field, ingressClass } = binding;
    if (field === undefined || instances.length === 0) return;
    if (classSource(trace) !== 'field' || isServed(trace)) return;
    const { profile } = controller;
    const wanted = ingressClass?.spec?.controller;
    const named = wanted === undefined ? 'no' : namesProduct(profile, wanted);
    // A missing IngressClass is a fault of its own where the product reads it.
    const isMeant = ingressClass === undefined ? !profile.readsIngressClasses : named !== 'no';
    if (!isMeant) return;

    const object = ingressClass === undefined ? trace.reference : referenceTo(ingressClass);
    const [claim, ...claims] = claimEvidence(instances, binding);
    if (claim === undefined) return;
    yield {
      object,
      message:
        ingressClass === undefined
          ? `no ${profile.title} of this cluster is set to class \`${field}\``
          : `no ${profile.title} of this cluster is set to this class (controller \`${wanted ?? ''}\`)`,
      evidence: [
        claim,
        ...claims,
        ...(ingressClass === undefined ? [] : [fieldEvidence(object, 'spec.controller', wanted)]),
        ...classEvidence(trace),
      ],
      fix: fixOf(trace, servedClasses(ingressClasses, [...instances, ...controller.others])),
      confidence: confidenceOf(instances, named === 'named' || ingressClass === undefined),
    };
  },
});

/** How a controller is set is only proven where its arguments say anything at all. */
function confidenceOf(instances: readonly ControllerInstance[], isNamed: boolean): Confidence {
  return isNamed && instances.every(({ settings }) => settings.size > 0) ? 'certain' : 'likely';
}

function fixOf({ reference }: IngressTrace, served: readonly string[]): Fix {
  const [only] = served.length === 1 ? served : [];
  return {
    summary:
      served.length === 0
        ? "set the controller's arguments to the class, or create an IngressClass that they fit"
        : `name a class that is served (\`${served.join('`, `')}\`), or set the controller's arguments to this one`,
    commands: [LIST_CLASSES, ...(only === undefined ? [] : [useClass(reference, only)])],
  };
}
