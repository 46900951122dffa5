import type { AnnotationCatalogue } from '../../controllers/annotations/catalogue.ts';
import {
  REMOVED_FROM_INGRESS_NGINX,
  type RemovedAnnotation,
} from '../../controllers/annotations/ingress-nginx.ts';
import {
  annotationsOf,
  catalogueOf,
  prefixesOf,
  type SetAnnotation,
} from '../../controllers/annotations/read.ts';
import { controllerVersion, isAtLeast } from '../../controllers/version.ts';
import { editDistance, nearest } from '../../kubernetes/nearest.ts';
import type { Ingress } from '../../kubernetes/types.ts';
import type { ObjectReference } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { annotate, annotationEvidence } from '../shared/annotations.ts';

export const annotationTypo = defineRule({
  code: 'GD0524',
  name: 'annotation-typo',
  title: 'an annotation is one that the controller does not know',
  hop: 'annotation',
  severity: 'low',
  confidence: 'certain',
  explains: [],
  visits: 'ingress',
  needs: [],

  *check({ trace, ingress }) {
    const { profile, serving } = trace.controller;
    const catalogue = catalogueOf(profile.product);
    if (catalogue === undefined) return;
    const object = trace.reference;
    const settings = serving?.settings ?? new Map<string, string>();
    const version = serving === undefined ? undefined : controllerVersion(serving);
    for (const set of annotationsOf(ingress, catalogue, settings)) {
      if (isKnown(catalogue, set.key)) continue;
      const removed =
        profile.product === 'ingress-nginx' ? REMOVED_FROM_INGRESS_NGINX.get(set.key) : undefined;
      if (removed !== undefined && version !== undefined && !isAtLeast(version, 1, removed.since)) continue;
      const like = removed === undefined ? nearestKey(catalogue, set.key) : undefined;
      // Of a catalogue that may lack some, only what is nearly one of its own is worth a word.
      if (removed === undefined && like === undefined && !catalogue.isComplete) continue;
      const isProven =
        removed === undefined ? catalogue.isComplete && like !== undefined : version !== undefined;
      yield {
        object,
        ...(!isProven && { severity: 'info', confidence: catalogue.isComplete ? 'likely' : 'suspect' }),
        message: `\`${set.name}\` has no effect: ${reasonFor(profile.title, removed, like)}`,
        evidence: [annotationEvidence(object, set)],
        fix: {
          summary: like === undefined ? `take \`${set.name}\` off` : `name it \`${like}\``,
          commands: [...renamed(object, set, like), annotate(object, set.name)],
        },
      };
    }
    for (const { set, prefix } of misspelled(ingress, prefixesOf(catalogue, settings))) {
      yield {
        object,
        message: `\`${set.name}\` has no effect: no controller has that prefix; the nearest is \`${prefix}/\``,
        evidence: [annotationEvidence(object, set)],
        fix: {
          summary: `begin its name with \`${prefix}/\``,
          commands: [annotate(object, `${prefix}/${set.key}`, set.value), annotate(object, set.name)],
        },
      };
    }
  },
});

function reasonFor(title: string, removed: RemovedAnnotation | undefined, like: string | undefined): string {
  if (removed === undefined) {
    return `${title} has no such annotation${like === undefined ? '' : `; the nearest is \`${like}\``}`;
  }
  const { instead } = removed;
  return `${title} no longer has it${instead === undefined ? '' : `; \`${instead}\` takes its place`}`;
}

function nearestKey({ keys, isComplete }: AnnotationCatalogue, key: string): string | undefined {
  const like = nearest(key, [...keys.keys()]);
  if (like === undefined || isComplete) return like;
  return editDistance(key, like) <= 2 ? like : undefined;
}

function isKnown({ keys, families = [], product }: AnnotationCatalogue, key: string): boolean {
  // Traefik reads names without regard to case.
  const name = product === 'traefik' ? key.toLowerCase() : key;
  if (keys.has(name) || families.some((family) => family.test(name))) return true;
  return [...keys.values()].some(({ aliases = [] }) => aliases.includes(name));
}

function renamed(object: ObjectReference, { name, key, value }: SetAnnotation, like: string | undefined) {
  return like === undefined ? [] : [annotate(object, `${name.slice(0, -key.length)}${like}`, value)];
}

/** Annotations whose prefix is one of the controller's but for a letter or two, or the order of its parts. */
function* misspelled(
  ingress: Ingress,
  known: readonly string[],
): Iterable<{ readonly set: SetAnnotation; readonly prefix: string }> {
  for (const [name, value] of Object.entries(ingress.metadata?.annotations ?? {})) {
    const [prefix = '', key, ...rest] = name.split('/');
    if (key === undefined || rest.length > 0 || prefix.length < SHORTEST || known.includes(prefix)) continue;
    const meant = known.find((each) => each.length >= SHORTEST && isNearlyPrefix(prefix, each));
    if (meant !== undefined) yield { set: { name, key, value: value.trim() }, prefix: meant };
  }
}

/** Shorter prefixes are too near to names that are somebody else's. */
const SHORTEST = 15;

function isNearlyPrefix(prefix: string, known: string): boolean {
  const sorted = (text: string) => text.split('.').sort().join('.');
  return sorted(prefix) === sorted(known) || editDistance(prefix, known) <= 2;
}
