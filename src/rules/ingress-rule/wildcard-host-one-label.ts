import { kubectl } from '../../kubernetes/command.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { patchObject } from '../shared/patch.ts';
import { mismatchOf, routingConfidence } from '../shared/unmatched-url.ts';

export const wildcardHostOneLabel = defineRule({
  code: 'GD0310',
  name: 'wildcard-host-one-label',
  title: 'a wildcard host takes exactly one label in place of the star',
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
    if (mismatch?.why !== 'label') return;
    const { near } = mismatch;
    const { host } = requestedUrl;
    const object = referenceTo(near.ingress);
    const http = near.ingress.spec?.rules?.[near.ruleIndex]?.http;
    yield {
      object,
      message: `wildcard \`${near.host}\` takes exactly one label in place of \`*\`, so not \`${host}\``,
      evidence: [
        { object, source: 'requested URL', value: requestedUrl.url },
        fieldEvidence(object, `spec.rules[${near.ruleIndex}].host`, near.host),
      ],
      confidence: routingConfidence(trace),
      fix: {
        summary: `correct the host in the URL, or give \`${host}\` a rule of its own with the same paths`,
        commands: [
          { run: kubectl(object.namespace, 'describe', 'ingress', object.name), effect: 'looks' },
          ...(http === undefined
            ? []
            : [patchObject(object, [{ op: 'add', field: 'spec.rules[-]', value: { host, http } }])]),
        ],
      },
    };
  },
});
