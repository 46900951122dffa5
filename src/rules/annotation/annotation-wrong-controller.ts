import { CATALOGUES, OTHER_PREFIXES } from '../../controllers/annotations/products.ts';
import { annotationsOf, catalogueOf, prefixesOf } from '../../controllers/annotations/read.ts';
import { isOn } from '../../controllers/settings.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { annotate, annotationEvidence } from '../shared/annotations.ts';

export const annotationWrongController = defineRule({
  code: 'GD0523',
  name: 'annotation-wrong-controller',
  title: 'annotations belong to another controller',
  hop: 'annotation',
  severity: 'info',
  confidence: 'certain',
  explains: [],
  visits: 'ingress',
  needs: [],

  *check({ trace, ingress }) {
    const { profile, serving } = trace.controller;
    if (profile.product === 'unknown') return;
    const own = ownPrefixes(trace);
    const others = catalogueOf(profile.product)?.others ?? [];
    const object = trace.reference;
    for (const { prefix, owner } of FOREIGN_PREFIXES) {
      if (own.includes(prefix)) continue;
      const foreign = annotationsOf(ingress, { ...NO_KEYS, prefixes: [prefix] }).filter(
        ({ name }) => !others.includes(name),
      );
      const [first, ...rest] = foreign;
      if (first === undefined) continue;
      const prefixFlag = catalogueOf(profile.product)?.prefixFlag;
      const isRenamed = prefixFlag !== undefined && owner === profile.title;
      yield {
        object,
        message: isRenamed
          ? `annotations of \`${prefix}/\` have no effect: this installation reads those of \`${own.join('/`, `')}/\``
          : `annotations of \`${prefix}/\` have no effect: they belong to ${owner}, and ${profile.title} serves the Ingress`,
        evidence: [
          annotationEvidence(object, first),
          ...rest.slice(0, MOST - 1).map((each) => annotationEvidence(object, each)),
        ],
        fix: {
          summary:
            serving === undefined || own.length === 0
              ? 'say what is wanted in the words of the controller that serves the Ingress'
              : `say what is wanted in annotations of \`${own[0]}/\`, and take these off`,
          commands: foreign.slice(0, MOST).map(({ name }) => annotate(object, name)),
        },
      };
    }
  },
});

/** As many are shown. */
const MOST = 5;

const NO_KEYS = { product: 'unknown', owner: '', keys: new Map(), isComplete: false } as const;

function ownPrefixes({ controller }: IngressTrace): readonly string[] {
  const settings = controller.serving?.settings ?? new Map<string, string>();
  const catalogue = catalogueOf(controller.profile.product);
  const own = catalogue === undefined ? [] : prefixesOf(catalogue, settings);
  // Traefik has a provider of its own for Ingresses that were written for ingress-nginx.
  const isStandIn =
    controller.profile.product === 'traefik' &&
    [...settings.keys()].some((name) => name.startsWith('providers.kubernetesingressnginx')) &&
    (isOn(settings, 'providers.kubernetesingressnginx') || !settings.has('providers.kubernetesingressnginx'));
  return isStandIn ? [...own, 'nginx.ingress.kubernetes.io'] : own;
}

/** Prefixes that say whose they are; `ingress.kubernetes.io` is too many controllers' own. */
const FOREIGN_PREFIXES: readonly { readonly prefix: string; readonly owner: string }[] = [
  ...CATALOGUES.flatMap(({ owner, prefixes }) => prefixes.map((prefix) => ({ prefix, owner }))),
  ...[...OTHER_PREFIXES].map(([prefix, owner]) => ({ prefix, owner })),
].filter(({ prefix }) => prefix !== 'ingress.kubernetes.io');
