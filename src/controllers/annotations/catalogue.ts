import type { Product } from '../profile.ts';

/** What an annotation's value is, in the words of whoever has to write one. */
export type ValueKind =
  | 'boolean'
  | 'number'
  | 'seconds'
  | 'size'
  | 'duration'
  | 'option'
  | 'list'
  | 'cidrs'
  | 'url'
  | 'regex'
  | 'name'
  | 'snippet'
  | 'text';

/** How much a wrong value of it can do, in ingress-nginx's own words; `annotations-risk-level` names the highest allowed. */
export const RISKS = ['Low', 'Medium', 'High', 'Critical'] as const;
export type Risk = (typeof RISKS)[number];

/**
 * What a value that does not validate does: its default is taken; the location is denied; the whole Ingress is not
 * loaded; or all that belongs to the annotation is left out.
 */
export type InvalidOutcome = 'default' | 'denied' | 'not-loaded' | 'left-out';

/** What is known of one annotation. */
export interface AnnotationFact {
  readonly kind: ValueKind;
  readonly risk?: Risk;
  /** Whether the controller's own check accepts a value; absent where it has none or it is not known. */
  readonly accepts?: (value: string) => boolean;
  /** What it accepts, in words after `must be`: `a whole number of seconds without a unit`. */
  readonly expects?: string;
  readonly whenInvalid?: InvalidOutcome;
  /** Older names of the same annotation, read where it has no value itself. */
  readonly aliases?: readonly string[];
}

/** The annotations of one product. */
export interface AnnotationCatalogue {
  readonly product: Product;
  /** The product as reports print it. */
  readonly owner: string;
  /** What stands before the slash, the usual prefix first. */
  readonly prefixes: readonly string[];
  /** The flag whose value, a comma-separated list, replaces the prefixes. */
  readonly prefixFlag?: string;
  /** By what stands behind the slash. */
  readonly keys: ReadonlyMap<string, AnnotationFact>;
  /** Keys with a part that the user chooses, such as ALB's `actions.<name>`. */
  readonly families?: readonly RegExp[];
  /** Whether `keys` holds all of them, so that any other one is a mistake. */
  readonly isComplete: boolean;
  /** Annotations of other prefixes that it understands too, by their whole name. */
  readonly others?: readonly string[];
}

/** Keys of one kind of value each, written as `boolean: 'a b c'`. */
export function keysByKind(
  kinds: Partial<Readonly<Record<ValueKind, string>>>,
): ReadonlyMap<string, AnnotationFact> {
  return new Map(
    Object.entries(kinds).flatMap(([kind, names]) =>
      names
        .trim()
        .split(/\s+/)
        .map((name) => [name, { kind: kind as ValueKind }] as const),
    ),
  );
}
