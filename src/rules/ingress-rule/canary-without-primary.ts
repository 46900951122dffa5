import { isCanary } from '../../controllers/annotations/canary.ts';
import type { Report } from '../../model/finding.ts';
import { referenceTo, showReference } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { annotateObject } from '../shared/patch.ts';
import { isSameBackend, pathsOnHost, takerOf } from '../shared/path-taker.ts';
import { type PathOfIngress, pathsOf } from '../shared/same-class.ts';

const CANARY = 'nginx.ingress.kubernetes.io/canary';

export const canaryWithoutPrimary = defineRule({
  code: 'GD0319',
  name: 'canary-without-primary',
  title: 'a canary has no main Ingress with its host and path',
  hop: 'ingress-rule',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'no-route',
  explains: [],
  visits: 'route',
  needs: ['allIngresses'],

  *check({ trace, ingress, route, allIngresses }) {
    const { profile, serving } = trace.controller;
    if (profile.product !== 'ingress-nginx' || !isCanary(ingress, serving?.settings)) return;
    const own = pathsOf([ingress]).find(({ field }) => field === route.field);
    if (own === undefined) return;
    const host = pathsOnHost(trace, allIngresses, own.host);
    const mains = host.paths.filter(({ path }) => path === own.path);
    if (mains.some(({ pathType }) => pathType === own.pathType)) return;
    const [otherType] = mains;
    const object = trace.reference;
    yield {
      object,
      message:
        otherType === undefined
          ? `is a canary, and no main Ingress has host \`${own.host === '' ? '*' : own.host}\` with path \`${own.path}\`: ingress-nginx drops it`
          : `is a canary of path \`${own.path}\` as \`${own.pathType}\`, which ${showReference(referenceTo(otherType.ingress))} has as \`${otherType.pathType}\`: ingress-nginx drops it`,
      evidence: [
        fieldEvidence(object, `metadata.annotations[${CANARY}]`, 'true'),
        fieldEvidence(object, `${own.field}.path`, `${own.path} (${own.pathType})`),
        ...mains
          .slice(0, 3)
          .map(({ ingress: main, field, path, pathType }) =>
            fieldEvidence(referenceTo(main), `${field}.path`, `${path} (${pathType})`),
          ),
      ],
      ...effectOf(own, takerOf(host, own.path)),
      fix: {
        summary:
          otherType === undefined
            ? 'create the main Ingress with the same host and path, or take the canary annotation away'
            : 'give both the same pathType',
        commands: [annotateObject(object, CANARY, undefined)],
      },
    };
  },
});

/** Requests go where they would go without the canary. */
function effectOf(
  own: PathOfIngress,
  taker: PathOfIngress | undefined,
): Pick<Report, 'symptom' | 'severity'> {
  if (taker === undefined) return {};
  return isSameBackend(own, taker)
    ? { symptom: null, severity: 'info' }
    : { symptom: 'wrong-backend', severity: 'high' };
}
