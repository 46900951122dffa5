import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { patchObject } from '../shared/patch.ts';
import { mismatchOf, pathsEvidence, routingConfidence } from '../shared/unmatched-url.ts';

export const pathPrefixElementBoundary = defineRule({
  code: 'GD0303',
  name: 'path-prefix-element-boundary',
  title: 'a Prefix path takes whole path elements only',
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
    if (mismatch?.why !== 'boundary') return;
    const { near, paths } = mismatch;
    const object = referenceTo(near.ingress);
    const { path } = requestedUrl;
    const element = near.path.replace(/\/$/, '');
    const rest = path.slice(element.length).split('/', 1)[0] ?? '';
    yield {
      object,
      message: `path \`${near.path}\` is a \`Prefix\` by whole elements and does not take \`${path}\``,
      evidence: [
        { object, source: 'requested URL', value: requestedUrl.url },
        ...pathsEvidence([near, ...paths.filter((other) => other !== near)]),
      ],
      confidence: routingConfidence(trace),
      fix: {
        summary: `correct the URL, or add a path for \`${element}${rest}\``,
        commands: [
          patchObject(object, [
            {
              op: 'add',
              field: near.field.replace(/\[\d+\]$/, '[-]'),
              value: { path: `${element}${rest}`, pathType: 'Prefix', backend: near.backend },
            },
          ]),
        ],
      },
    };
  },
});
