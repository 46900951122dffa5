import type { AnnotationFact } from '../../controllers/annotations/catalogue.ts';
import { INGRESS_NGINX } from '../../controllers/annotations/ingress-nginx.ts';
import { annotationsOf, type SetAnnotation } from '../../controllers/annotations/read.ts';
import { kubectl } from '../../kubernetes/command.ts';
import { newestEvent } from '../../kubernetes/events.ts';
import type { Event } from '../../kubernetes/types.ts';
import type { Fix, Report } from '../../model/finding.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import {
  annotate,
  annotationEvidence,
  type NginxAnnotations,
  nginxAnnotations,
  sureOf,
} from '../shared/annotations.ts';
import { eventEvidence } from '../shared/evidence.ts';
import { whatIsServed } from '../shared/not-loaded.ts';

export const annotationInvalidValue = defineRule({
  code: 'GD0525',
  name: 'annotation-invalid-value',
  title: "an annotation's value is one that the controller does not accept",
  hop: 'annotation',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'not-served',
  explains: [],
  visits: 'ingress',
  needs: [],
  uses: ['controllerPods', 'events'],

  *check({ trace, ingress, controllerPods, events }) {
    yield* rejectedByF5(trace, events ?? []);
    const nginx = nginxAnnotations(trace);
    if (nginx === undefined) return;
    for (const set of annotationsOf(ingress, INGRESS_NGINX, nginx.settings)) {
      const fact = factOf(set.key);
      if (fact?.accepts === undefined || set.value === '' || fact.accepts(set.value)) continue;
      const { validates } = nginx.policy;
      // What denies the location is a finding of its own.
      if (fact.whenInvalid === 'denied') continue;
      if (fact.whenInvalid === 'not-loaded' && validates.value) {
        const served = whatIsServed(ingress, controllerPods);
        yield {
          object: trace.reference,
          message: `is not loaded: \`${set.name}\` must be ${fact.expects}`,
          evidence: [annotationEvidence(trace.reference, set)],
          ...served,
          confidence: validates.known === 'assumed' ? 'likely' : served.confidence,
          fix: correction(trace, set, fact),
        };
      } else if (validates.value || isParsed(fact)) yield ignored(trace, nginx, set, fact);
    }
  },
});

/** An alias has the facts of what it stands for. */
function factOf(key: string): AnnotationFact | undefined {
  const known = INGRESS_NGINX.keys.get(key);
  return known ?? [...INGRESS_NGINX.keys.values()].find(({ aliases = [] }) => aliases.includes(key));
}

/** Numbers and booleans cannot be read from any other text, checked or not. */
function isParsed({ kind }: AnnotationFact): boolean {
  return kind === 'boolean' || kind === 'number' || kind === 'seconds';
}

function ignored(
  trace: IngressTrace,
  { policy }: NginxAnnotations,
  set: SetAnnotation,
  fact: AnnotationFact,
): Report {
  const isWhole = fact.whenInvalid === 'default';
  return {
    object: trace.reference,
    severity: 'low',
    confidence: isParsed(fact) ? 'certain' : sureOf(policy.validates),
    symptom: null,
    message: `\`${set.name}\` must be ${fact.expects}: ${
      isWhole ? 'the default holds instead' : 'all that belongs to it is left out'
    }`,
    evidence: [annotationEvidence(trace.reference, set)],
    fix: correction(trace, set, fact),
  };
}

function correction({ reference }: IngressTrace, set: SetAnnotation, fact: AnnotationFact): Fix {
  const better = corrected(set.value, fact);
  return {
    summary:
      better === undefined
        ? `give \`${set.name}\` a value that is ${fact.expects}`
        : `set \`${set.name}\` to \`${better}\``,
    commands: [
      ...(better === undefined ? [] : [annotate(reference, set.name, better)]),
      annotate(reference, set.name),
    ],
  };
}

const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600 };

/** What was most probably meant: seconds without the unit, a boolean without capitals or another word for it. */
function corrected(value: string, { kind, accepts }: AnnotationFact): string | undefined {
  const [, number, unit] = /^(\d+)\s*(s|m|h)?(?:ec(?:onds?)?|in(?:utes?)?|our?s?)?$/i.exec(value) ?? [];
  const words: Readonly<Record<string, string>> = { yes: 'true', on: 'true', no: 'false', off: 'false' };
  const bare = value.trim().toLowerCase();
  const candidate =
    kind === 'seconds' && number !== undefined
      ? String(Number(number) * (UNITS[(unit ?? '').toLowerCase()] ?? 1))
      : kind === 'boolean'
        ? (words[bare] ?? bare)
        : kind === 'size'
          ? value.replace(/\s*i?b$/i, '').replace(/i$/i, '')
          : undefined;
  return candidate !== undefined && accepts?.(candidate) === true ? candidate : undefined;
}

/** F5's controller takes an Ingress with one wrong annotation out of its configuration, and says so in an event. */
function* rejectedByF5(trace: IngressTrace, events: readonly Event[]): Iterable<Report> {
  const { reference: object, controller } = trace;
  if (controller.profile.product !== 'f5-nginx') return;
  const last = newestEvent(events, 'Rejected', 'AddedOrUpdated', 'AddedOrUpdatedWithWarning');
  if (last?.reason !== 'Rejected' || !last.message?.includes('annotations')) return;
  yield {
    object,
    message: `is not loaded: ${controller.profile.title} rejects it for an annotation`,
    evidence: [eventEvidence(object, last)],
    fix: {
      summary: 'mend the annotation that the event names',
      commands: [{ run: kubectl(object.namespace, 'describe', 'ingress', object.name), effect: 'looks' }],
    },
  };
}
