import type { Product } from '../../controllers/profile.ts';
import { kubectl } from '../../kubernetes/command.ts';
import type { Fix } from '../../model/finding.ts';
import { type ObjectReference, referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { misreadEffect, misreadEvidence, misreadPath, misreadWords } from '../shared/misread-path.ts';
import { annotateObject, patchObject } from '../shared/patch.ts';
import type { PathOfIngress } from '../shared/same-class.ts';

/** How each product is told that the paths of an Ingress are regular expressions. */
const SWITCHES: Readonly<Partial<Record<Product, readonly [annotation: string, value: string]>>> = {
  'ingress-nginx': ['nginx.ingress.kubernetes.io/use-regex', 'true'],
  'f5-nginx': ['nginx.org/path-regex', 'case_sensitive'],
  traefik: ['traefik.ingress.kubernetes.io/router.pathmatcher', 'PathRegexp'],
  'haproxy-ingress': ['haproxy-ingress.github.io/path-type', 'regex'],
};

export const pathRegexWithoutUseRegex = defineRule({
  code: 'GD0313',
  name: 'path-regex-without-use-regex',
  title: 'a path is a regular expression that its controller takes for plain text',
  hop: 'ingress-rule',
  severity: 'high',
  confidence: 'certain',
  symptom: 'no-route',
  explains: [],
  visits: 'route',
  needs: ['allIngresses'],

  *check(facts) {
    const misread = misreadPath(facts, 'expression');
    if (misread === undefined) return;
    const { product, title } = facts.trace.controller.profile;
    const { path } = misread;
    const object = referenceTo(path.ingress);
    yield {
      object,
      message: `${title} takes path \`${path.path}\` for plain text, not for a regular expression: ${misreadWords(misread)}`,
      evidence: misreadEvidence(misread, facts.requestedUrl),
      ...misreadEffect(facts.trace, misread),
      fix: fixOf(object, path, SWITCHES[product]),
    };
  },
});

function fixOf(
  object: ObjectReference,
  { field }: PathOfIngress,
  [annotation, value]: readonly [string?, string?] = [],
): Fix {
  if (annotation === undefined || value === undefined) {
    return {
      summary: 'write the path as a plain `Prefix` or `Exact` one, in the terms of this controller',
      commands: [{ run: kubectl(object.namespace, 'describe', 'ingress', object.name), effect: 'looks' }],
    };
  }
  const type = { op: 'replace', field: `${field}.pathType`, value: 'ImplementationSpecific' } as const;
  return {
    summary: 'make the path `ImplementationSpecific` and turn regular expressions on for the Ingress',
    commands: [patchObject(object, [type]), annotateObject(object, annotation, value)],
  };
}
