import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { misreadEffect, misreadEvidence, misreadPath, misreadWords } from '../shared/misread-path.ts';
import { patchObject } from '../shared/patch.ts';
import type { PathOfIngress } from '../shared/same-class.ts';

/** Their controllers refuse the whole Ingress for a star in a `Prefix` or `Exact` path. */
const REFUSES: ReadonlySet<string> = new Set(['aws-alb', 'gke']);

export const pathStarGlob = defineRule({
  code: 'GD0312',
  name: 'path-star-glob',
  title: 'a path is written with a star that its controller does not take for a wildcard',
  hop: 'ingress-rule',
  severity: 'high',
  confidence: 'certain',
  symptom: 'no-route',
  explains: ['aws-failed-build-model', 'gke-translate-error', 'ingress-status-empty'],
  visits: 'route',
  needs: ['allIngresses'],

  *check(facts) {
    const misread = misreadPath(facts, 'glob');
    if (misread === undefined) return;
    const { profile } = facts.trace.controller;
    const { path } = misread;
    const isRefused = REFUSES.has(profile.product) && path.pathType !== 'ImplementationSpecific';
    yield {
      object: referenceTo(path.ingress),
      message: isRefused
        ? `${profile.title} refuses the star in ${path.pathType} path \`${path.path}\`, and with it the Ingress`
        : `${profile.title} does not take the star in ${path.pathType} path \`${path.path}\` for a wildcard: ${misreadWords(misread)}`,
      evidence: misreadEvidence(misread, facts.requestedUrl),
      ...(isRefused ? { symptom: 'not-served' } : misreadEffect(facts.trace, misread)),
      fix: {
        summary: 'leave the star out and make the path a `Prefix`, which takes all that lies beneath it',
        commands: [patchObject(referenceTo(path.ingress), withoutStar(path))],
      },
    };
  },
});

function withoutStar({ path, field }: PathOfIngress) {
  const plain = path.replace(/\/?\*.*$/s, '');
  return [
    { op: 'replace', field: `${field}.path`, value: plain === '' ? '/' : plain },
    { op: 'replace', field: `${field}.pathType`, value: 'Prefix' },
  ] as const;
}
