import { kubectl } from '../../kubernetes/command.ts';
import { DEFAULT_CLASS_ANNOTATION } from '../../kubernetes/ingress-class.ts';
import type { IngressClass } from '../../kubernetes/types.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { classEvidence, LIST_CLASSES } from '../shared/class-claims.ts';
import { fieldEvidence } from '../shared/evidence.ts';

const FIELD = `metadata.annotations[${DEFAULT_CLASS_ANNOTATION}]`;

export const ingressclassMultipleDefaults = defineRule({
  code: 'GD0110',
  name: 'ingressclass-multiple-defaults',
  title: 'more than one IngressClass is the default',
  hop: 'class',
  severity: 'info',
  confidence: 'suspect',
  symptom: 'not-served',
  explains: [],
  visits: 'ingress',
  needs: ['ingressClasses'],

  *check({ trace, ingressClasses }) {
    const defaults = ingressClasses
      .filter(({ metadata }) => metadata?.annotations?.[DEFAULT_CLASS_ANNOTATION] === 'true')
      .toSorted(byPreference);
    const [newest] = defaults;
    if (newest === undefined || defaults.length < 2) return;
    const { field } = trace.binding;
    // Who names another class did not leave the choice to the API server.
    if (field !== undefined && newest.metadata?.name !== field) return;
    const object = referenceTo(newest);
    const names = defaults.map((each) => `\`${nameOf(each)}\``);
    const others = defaults.slice(1);
    const [first, ...evidence] = defaults.map((each) => fieldEvidence(referenceTo(each), FIELD, 'true'));
    if (first === undefined) return;
    yield {
      object,
      message: `${names.join(' and ')} are each marked as the default: an Ingress that is created without a class gets this one, the newest`,
      evidence: [first, ...evidence, ...classEvidence(trace)],
      // What was created without a class has none to this day: other rules say who takes it up.
      ...(field === undefined && { symptom: null, confidence: 'certain' }),
      fix: {
        summary: `leave one default; where this Ingress was meant for another class, name that one in \`spec.ingressClassName\``,
        commands: [
          LIST_CLASSES,
          ...others.map((each) => ({
            run: kubectl(undefined, 'annotate', 'ingressclass', nameOf(each), `${DEFAULT_CLASS_ANNOTATION}-`),
            effect: 'changes' as const,
          })),
        ],
      },
    };
  },
});

function nameOf({ metadata }: IngressClass): string {
  return metadata?.name ?? '';
}

/** As the API server's DefaultIngressClass admission prefers them: the newest, of equally old ones the first by name. */
function byPreference(a: IngressClass, b: IngressClass): number {
  const [ageA, ageB] = [a, b].map(({ metadata }) => metadata?.creationTimestamp ?? '');
  if (ageA !== ageB) return (ageA ?? '') > (ageB ?? '') ? -1 : 1;
  return nameOf(a) < nameOf(b) ? -1 : 1;
}
