import { patternKind } from '../../controllers/path-pattern.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { patchObject } from '../shared/patch.ts';
import { pathsOnHost, standsAt, takes } from '../shared/path-taker.ts';
import type { PathOfIngress } from '../shared/same-class.ts';
import { mismatchOf, pathsEvidence, routingConfidence } from '../shared/unmatched-url.ts';

export const pathImplementationSpecific = defineRule({
  code: 'GD0311',
  name: 'path-implementation-specific',
  title: 'an ImplementationSpecific path does not take what lies beneath it',
  hop: 'ingress-rule',
  severity: 'high',
  confidence: 'certain',
  symptom: 'no-route',
  explains: [],
  visits: 'route',
  needs: ['allIngresses'],

  *check({ trace, ingress, route, requestedUrl, allIngresses }) {
    const { title, product } = trace.controller.profile;
    if (requestedUrl !== undefined) {
      const mismatch = mismatchOf({ trace, ingress, route, requestedUrl, allIngresses });
      if (mismatch?.why !== 'implementation') return;
      const { near, paths } = mismatch;
      const object = referenceTo(near.ingress);
      yield {
        object,
        message: `path \`${near.path}\` is \`${near.pathType}\`, which ${title} does not match by its beginning: it does not take \`${requestedUrl.path}\``,
        evidence: [
          { object, source: 'requested URL', value: requestedUrl.url },
          ...pathsEvidence([near, ...paths.filter((path) => path !== near)]),
        ],
        confidence: routingConfidence(trace),
        fix: asPrefix(near),
      };
      return;
    }
    if (product === 'unknown' || route.path === '/') return;
    const host = pathsOnHost(trace, allIngresses, route.host);
    const path = host.paths.find((each) => standsAt(each, ingress, route.field));
    if (path === undefined || ['Exact', 'Prefix'].includes(path.pathType)) return;
    const beneath = `${path.path.replace(/\/$/, '')}/x`;
    if (patternKind(path.path) !== undefined || takes(host, path, beneath)) return;
    yield {
      object: trace.reference,
      message: `path \`${path.path}\` is \`${path.pathType}\`, which ${title} takes as exact: it does not take \`${beneath}\``,
      evidence: [fieldEvidence(trace.reference, `${path.field}.pathType`, path.pathType)],
      // One path and nothing beneath it may well be what is wanted.
      severity: 'info',
      symptom: null,
      fix: asPrefix(path),
    };
  },
});

function asPrefix({ ingress, field }: PathOfIngress) {
  return {
    summary: 'say what is meant with pathType `Prefix` or `Exact`, which mean the same everywhere',
    commands: [
      patchObject(referenceTo(ingress), [{ op: 'replace', field: `${field}.pathType`, value: 'Prefix' }]),
    ],
  };
}
