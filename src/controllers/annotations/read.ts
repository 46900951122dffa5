import type { KubeObject } from '../../kubernetes/types.ts';
import type { Product, Settings } from '../profile.ts';
import { isTrue } from '../settings.ts';
import type { AnnotationCatalogue } from './catalogue.ts';
import { CATALOGUES } from './products.ts';

/** An annotation that is set: its whole name, its key without the prefix, and its value without outer blanks. */
export interface SetAnnotation {
  readonly name: string;
  readonly key: string;
  readonly value: string;
}

const NO_SETTINGS: Settings = new Map();

/** The annotations of a product; undefined for one that has none of its own. */
export function catalogueOf(product: Product): AnnotationCatalogue | undefined {
  return CATALOGUES.find((catalogue) => catalogue.product === product);
}

/** The prefixes that an instance with these settings reads, without the slash. */
export function prefixesOf(
  catalogue: AnnotationCatalogue,
  settings: Settings = NO_SETTINGS,
): readonly string[] {
  const flag = catalogue.prefixFlag === undefined ? undefined : settings.get(catalogue.prefixFlag);
  const given = flag?.split(',').map((prefix) => prefix.trim().replace(/\/$/, ''));
  return given === undefined || given.join('') === '' ? catalogue.prefixes : given;
}

/**
 * The annotation that a product reads as `key` (without prefix; a key with a slash is a whole name), its aliases
 * included. Undefined where it is absent or blank, which every product takes as absent.
 */
export function findAnnotation(
  object: KubeObject,
  product: Product,
  key: string,
  settings: Settings = NO_SETTINGS,
): SetAnnotation | undefined {
  const catalogue = catalogueOf(product);
  const aliases = catalogue?.keys.get(key)?.aliases ?? [];
  const names = key.includes('/')
    ? [key]
    : [key, ...aliases].flatMap((each) =>
        catalogue === undefined ? [] : prefixesOf(catalogue, settings).map((prefix) => `${prefix}/${each}`),
      );
  const annotations = object.metadata?.annotations ?? {};
  for (const name of names) {
    const value = (Object.hasOwn(annotations, name) ? annotations[name] : undefined)?.trim() ?? '';
    if (value !== '') return { name, key: name.slice(name.indexOf('/') + 1), value };
  }
  return undefined;
}

/** Every annotation of the object that begins with one of the product's prefixes. */
export function annotationsOf(
  object: KubeObject,
  catalogue: AnnotationCatalogue,
  settings: Settings = NO_SETTINGS,
): readonly SetAnnotation[] {
  const prefixes = prefixesOf(catalogue, settings);
  return Object.entries(object.metadata?.annotations ?? {}).flatMap(([name, value]) => {
    const prefix = prefixes.find((each) => name.startsWith(`${each}/`));
    return prefix === undefined ? [] : [{ name, key: name.slice(prefix.length + 1), value: value.trim() }];
  });
}

/** The value of an annotation, without outer blanks; undefined where it is absent or blank. */
export function annotation(
  object: KubeObject,
  product: Product,
  key: string,
  settings?: Settings,
): string | undefined {
  return findAnnotation(object, product, key, settings)?.value;
}

/** A boolean as Go's `strconv.ParseBool` reads it; undefined where it is absent or means neither. */
export function booleanAnnotation(
  object: KubeObject,
  product: Product,
  key: string,
  settings?: Settings,
): boolean | undefined {
  const value = annotation(object, product, key, settings);
  if (isTrue(value)) return true;
  return value !== undefined && ['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(value)
    ? false
    : undefined;
}

/** A whole number; undefined where it is absent or anything else. */
export function numberAnnotation(
  object: KubeObject,
  product: Product,
  key: string,
  settings?: Settings,
): number | undefined {
  const value = annotation(object, product, key, settings);
  return value !== undefined && /^[+-]?\d+$/.test(value) ? Number(value) : undefined;
}

/** The items of a comma-separated list without blanks; empty where it is absent. */
export function listAnnotation(
  object: KubeObject,
  product: Product,
  key: string,
  settings?: Settings,
): readonly string[] {
  const items = annotation(object, product, key, settings)?.split(',') ?? [];
  return items.map((item) => item.trim()).filter((item) => item !== '');
}

/** Where an annotation stands, as evidence shows it. */
export function annotationField(name: string): string {
  return `metadata.annotations[${name}]`;
}
