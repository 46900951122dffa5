import { kubectl } from '../../kubernetes/command.ts';
import { CLASS_ANNOTATION } from '../../kubernetes/ingress-class.ts';
import type { IngressClass } from '../../kubernetes/types.ts';
import type { Command, Report } from '../../model/finding.ts';
import type { ControllerInstance, IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import {
  claimEvidence,
  classEvidence,
  isClaimedBy,
  isServed,
  servedClasses,
  useClass,
} from '../shared/class-claims.ts';

export const classAnnotationFieldConflict = defineRule({
  code: 'GD0106',
  name: 'class-annotation-field-conflict',
  title: 'annotation and spec.ingressClassName name different classes',
  hop: 'class',
  severity: 'high',
  confidence: 'certain',
  symptom: 'not-served',
  explains: [
    'ingressclass-missing',
    'ingressclass-no-controller',
    'ingressclass-controller-arg-mismatch',
    'ingress-status-empty',
  ],
  visits: 'ingress',
  needs: ['ingressClasses', 'instances'],

  *check({ trace, ingressClasses, instances }) {
    const { binding, controller, reference: object } = trace;
    const { field, annotation = '' } = binding;
    if (field === undefined || annotation === '' || annotation === field) return;
    const { classPrecedence, title } = controller.profile;
    const known = [...instances, ...controller.others];
    const winner = classPrecedence === 'field' ? 'spec.ingressClassName' : 'the annotation';
    const [first, ...others] = [...classEvidence(trace), ...claimEvidence(known, binding)];
    if (first === undefined) return;
    yield {
      object,
      message: `annotation \`${CLASS_ANNOTATION}\` is \`${annotation}\`, spec.ingressClassName is \`${field}\`: ${title} goes by ${winner}`,
      evidence: [first, ...others],
      fix: {
        summary: 'keep spec.ingressClassName with the class that is meant, and take the annotation away',
        commands: fixCommands(trace, ingressClasses, known),
      },
      ...weigh(trace, known),
    };
  },
});

/** The conflict is to blame where the class that does not count would be served, or where the annotation overrules the field. */
function weigh(
  trace: IngressTrace,
  known: readonly ControllerInstance[],
): Pick<Report, 'severity' | 'symptom' | 'confidence'> {
  const { classPrecedence, product } = trace.controller.profile;
  if (isServed(trace)) return { severity: 'info', symptom: null };
  const { field, annotation } = trace.binding;
  if (classPrecedence === 'annotation') {
    if (known.length > 0 && product !== 'unknown') return {};
    return { severity: 'medium', confidence: 'suspect' };
  }
  const wouldBeServed = field !== undefined && annotation !== undefined && isClaimedBy(known, { annotation });
  return wouldBeServed ? {} : { severity: 'info', symptom: null };
}

function fixCommands(
  { reference, binding }: IngressTrace,
  classes: readonly IngressClass[],
  known: readonly ControllerInstance[],
): readonly Command[] {
  const served = servedClasses(classes, known);
  const { field = '', annotation = '' } = binding;
  const meant = [field, annotation].find((name) => served.includes(name));
  const drop: Command = {
    run: kubectl(reference.namespace, 'annotate', 'ingress', reference.name, `${CLASS_ANNOTATION}-`),
    effect: 'changes',
  };
  return meant === undefined || meant === field ? [drop] : [useClass(reference, meant), drop];
}
