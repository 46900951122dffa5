import { kubectl } from '../../kubernetes/command.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { patchObject } from '../shared/patch.ts';
import { mismatchOf, pathsEvidence, routingConfidence } from '../shared/unmatched-url.ts';

export const pathExactVsSubpath = defineRule({
  code: 'GD0302',
  name: 'path-exact-vs-subpath',
  title: 'an Exact path does not take what lies beneath it',
  hop: 'ingress-rule',
  severity: 'high',
  confidence: 'certain',
  symptom: 'no-route',
  explains: [],
  visits: 'route',
  needs: ['allIngresses'],

  *check({ trace, ingress, route, requestedUrl, allIngresses }) {
    if (requestedUrl === undefined) return;
    const mismatch = mismatchOf({ trace, ingress, route, requestedUrl, allIngresses });
    if (mismatch?.why !== 'exact') return;
    const { near, paths } = mismatch;
    const object = referenceTo(near.ingress);
    const isSlash = requestedUrl.path.replace(/\/$/, '') === near.path.replace(/\/$/, '');
    yield {
      object,
      message: `path \`${near.path}\` is \`Exact\` and does not take \`${requestedUrl.path}\`${isSlash ? ', which differs by the slash at the end' : ''}`,
      evidence: [
        { object, source: 'requested URL', value: requestedUrl.url },
        ...pathsEvidence([near, ...paths.filter((path) => path !== near)]),
      ],
      confidence: routingConfidence(trace),
      fix: {
        summary: 'make the path a `Prefix`, or add the paths that are missing',
        commands: [
          { run: kubectl(object.namespace, 'describe', 'ingress', object.name), effect: 'looks' },
          patchObject(object, [{ op: 'replace', field: `${near.field}.pathType`, value: 'Prefix' }]),
        ],
      },
    };
  },
});
