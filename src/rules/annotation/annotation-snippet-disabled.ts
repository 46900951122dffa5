import { RISKS } from '../../controllers/annotations/catalogue.ts';
import { INGRESS_NGINX } from '../../controllers/annotations/ingress-nginx.ts';
import { annotationsOf } from '../../controllers/annotations/read.ts';
import { referenceTo } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import {
  annotate,
  annotationEvidence,
  nginxAnnotations,
  policyEvidence,
  sureOf,
} from '../shared/annotations.ts';
import { patchObject } from '../shared/patch.ts';

export const annotationSnippetDisabled = defineRule({
  code: 'GD0522',
  name: 'annotation-snippet-disabled',
  title: 'a snippet is dropped, since snippets are disabled',
  hop: 'annotation',
  severity: 'low',
  confidence: 'certain',
  explains: [],
  visits: 'controller',
  needs: ['config'],

  *check({ trace, ingress, instance, config }) {
    const nginx = nginxAnnotations(trace);
    if (nginx === undefined) return;
    const { allowsSnippets, highestRisk } = nginx.policy;
    if (allowsSnippets.value) return;
    const snippets = annotationsOf(ingress, INGRESS_NGINX, nginx.settings).filter(
      ({ key, value }) => key.endsWith('-snippet') && value !== '' && INGRESS_NGINX.keys.has(key),
    );
    // At a lower level the whole Ingress is refused, which is another finding.
    const [first, ...others] = snippets;
    if (first === undefined || highestRisk.value !== RISKS.at(-1)) return;
    const object = trace.reference;
    const names = snippets.map(({ name }) => `\`${name}\``).join(' and ');
    yield {
      object,
      confidence: sureOf(allowsSnippets),
      message: `${names} ${snippets.length === 1 ? 'has' : 'have'} no effect: the controller drops snippets without a word`,
      evidence: [
        annotationEvidence(object, first),
        ...others.map((each) => annotationEvidence(object, each)),
        policyEvidence(instance, 'allow-snippet-annotations', allowsSnippets),
      ],
      fix: {
        summary:
          'say it with an annotation that the controller has for the purpose, or let it take snippets, which gives whoever writes Ingresses its rights',
        commands: [
          annotate(object, first.name),
          ...(config === undefined
            ? []
            : [
                patchObject(referenceTo(config), [
                  { op: 'add', field: 'data.allow-snippet-annotations', value: 'true' },
                ]),
              ]),
        ],
      },
    };
  },
});
