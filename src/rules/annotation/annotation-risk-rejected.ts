import { RISKS } from '../../controllers/annotations/catalogue.ts';
import { INGRESS_NGINX } from '../../controllers/annotations/ingress-nginx.ts';
import { annotationsOf, type SetAnnotation } from '../../controllers/annotations/read.ts';
import { kubectl } from '../../kubernetes/command.ts';
import type { Evidence, Fix, Report } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { ControllerInstance, IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import {
  annotate,
  annotationEvidence,
  controllerLog,
  nginxAnnotations,
  policyEvidence,
  sureOf,
} from '../shared/annotations.ts';
import { lastMoment, linesAbout } from '../shared/controller-words.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { whatIsServed } from '../shared/not-loaded.ts';

export const annotationRiskRejected = defineRule({
  code: 'GD0521',
  name: 'annotation-risk-rejected',
  title: 'ingress-nginx does not load the Ingress because of what it holds',
  hop: 'annotation',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'not-served',
  explains: [],
  visits: 'controller',
  needs: ['config'],
  uses: ['pods', 'logs'],

  *check({ trace, ingress, instance, now, pods, logs }) {
    const nginx = nginxAnnotations(trace);
    if (nginx === undefined) return;
    const { highestRisk, blockedWords } = nginx.policy;
    const object = trace.reference;
    const set = annotationsOf(ingress, INGRESS_NGINX, nginx.settings);
    const served = whatIsServed(ingress, pods);

    const risky = set.filter(({ key }) => riskOf(key) > RISKS.indexOf(highestRisk.value));
    const [first] = risky;
    if (first !== undefined) {
      const known = { certain: served.confidence, likely: 'likely', suspect: 'suspect' } as const;
      yield {
        object,
        message: `is not loaded: ${quoted(risky)} ${risky.length === 1 ? 'has' : 'have'} a higher risk than \`annotations-risk-level\` ${highestRisk.value} allows`,
        evidence: [
          annotationEvidence(object, first),
          ...risky.slice(1).map((each) => annotationEvidence(object, each)),
          policyEvidence(instance, 'annotations-risk-level', highestRisk),
        ],
        ...served,
        confidence: known[sureOf(highestRisk)],
        fix: withoutAnnotations(trace, instance, risky, 'or have `annotations-risk-level` raised'),
      };
      return;
    }

    const blocked = set.flatMap((each) => {
      const word = blockedWords.find((candidate) => each.value.includes(candidate));
      return word === undefined ? [] : [{ each, word }];
    });
    const [hit] = blocked;
    const config = instance.config.ok ? instance.config.value : undefined;
    if (hit !== undefined) {
      yield {
        object,
        message: `is not loaded: \`${hit.each.name}\` holds \`${hit.word}\`, a word that the controller blocks`,
        evidence: [
          annotationEvidence(object, hit.each),
          ...(config === undefined
            ? []
            : [
                fieldEvidence(
                  referenceTo(config),
                  'data[annotation-value-word-blocklist]',
                  blockedWords.join(','),
                ),
              ]),
        ],
        ...served,
        fix: withoutAnnotations(trace, instance, [hit.each], 'or write it without the word'),
      };
      return;
    }
    yield* refusedByInspection(
      trace,
      instance,
      linesAbout(object, logs ?? [], 'received invalid ingress', now, lastMoment([], [ingress])),
    );
  },
});

/** How the catalogue of the controller ranks it; an alias has no rank, since the controller checks none. */
function riskOf(key: string): number {
  const risk = INGRESS_NGINX.keys.get(key)?.risk;
  return risk === undefined ? -1 : RISKS.indexOf(risk);
}

function quoted(annotations: readonly SetAnnotation[]): string {
  return annotations.map(({ name }) => `\`${name}\``).join(' and ');
}

function withoutAnnotations(
  { reference }: IngressTrace,
  instance: ControllerInstance,
  annotations: readonly SetAnnotation[],
  otherwise: string,
): Fix {
  return {
    summary: `take ${quoted(annotations)} off the Ingress, ${otherwise}`,
    commands: [...annotations.map(({ name }) => annotate(reference, name)), ...controllerLog(instance)],
  };
}

/** With --deep-inspect, which is on unless it is turned off, a host, path or Secret name may hold none of some words. */
function* refusedByInspection(
  { reference }: IngressTrace,
  instance: ControllerInstance,
  [line]: readonly Evidence[],
): Iterable<Report> {
  if (line === undefined) return;
  yield {
    object: reference,
    message: 'is not loaded: the controller finds a forbidden word in a host, path or Secret name',
    evidence: [line],
    fix: {
      summary: 'take out of the Ingress what the log line quotes',
      commands: [
        {
          run: kubectl(reference.namespace, 'get', 'ingress', reference.name, '-o', 'yaml'),
          effect: 'looks',
        },
        ...controllerLog(instance),
      ],
    },
  };
}
