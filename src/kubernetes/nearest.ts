import type { StringMap } from './types.ts';

/** How many letters to insert, delete, replace, or swap with their neighbour (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...b].entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      const isSwapped = index > 0 && column > 0 && letter === b[column - 1] && a[index - 1] === other;
      const swapped = isSwapped ? (before[column - 1] ?? 0) + 1 : replaced;
      next.push(Math.min(replaced, swapped, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}

/**
 * How far two names are apart in the ways in which people mistake them, or undefined when they are not alike:
 * 0 equal but for case, dashes and underscores; 1 and 2 letters mistyped (longer names only); 3 one begins or ends with
 * the other, as `web` and `webapp`, `shop-web` and `web`.
 */
export function nameDistance(a: string, b: string): number | undefined {
  const [one, other] = [plain(a), plain(b)];
  if (one === other) return 0;
  const shorter = Math.min(one.length, other.length);
  if (Math.abs(one.length - other.length) <= 2) {
    const distance = editDistance(one, other);
    if (distance <= allowedMistakes(shorter)) return distance;
    // Of short names only a missing, doubled or swapped letter is a likely slip: `api` and `app` are two names.
    const isSlip = one.length !== other.length || (shorter >= 3 && isSwap(one, other));
    if (distance === 1 && isSlip && shorter >= 2) return distance;
  }
  return shorter >= 3 && (isAffix(one, other) || isAffix(other, one)) ? 3 : undefined;
}

/** Whether two names have the same letters in another order. */
function isSwap(one: string, other: string): boolean {
  return [...one].sort().join('') === [...other].sort().join('');
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]/g, '');
}

function allowedMistakes(length: number): number {
  return length >= 6 ? 2 : length >= 4 ? 1 : 0;
}

function isAffix(part: string, whole: string): boolean {
  return whole.startsWith(part) || whole.endsWith(part);
}

/** The name most like the wanted one, itself left out; undefined when none is like it. */
export function nearest(wanted: string, names: readonly string[]): string | undefined {
  return names
    .filter((name) => name !== wanted)
    .map((name) => ({ name, distance: nameDistance(wanted, name) }))
    .filter(({ distance }) => distance !== undefined)
    .sort((a, b) => (a.distance ?? 0) - (b.distance ?? 0))[0]?.name;
}

/** How one pair of a selector compares with an object's labels. */
export interface LabelComparison {
  readonly key: string;
  readonly wanted: string;
  /** `renamed`: the wanted value stands under another key. */
  readonly outcome: 'equal' | 'similar' | 'renamed' | 'different' | 'absent';
  /** The object's label that is meant: of the same key, or the renamed one; absent where there is none. */
  readonly actual?: { readonly key: string; readonly value: string };
}

/** Compares a selector with labels, pair by pair. */
export function compareLabels(selector: StringMap, labels: StringMap = {}): readonly LabelComparison[] {
  return Object.entries(selector).map(([key, wanted]): LabelComparison => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    if (value === wanted) return { key, wanted, outcome: 'equal', actual: { key, value } };
    const similar = value !== undefined && nameDistance(wanted, value) !== undefined;
    if (similar) return { key, wanted, outcome: 'similar', actual: { key, value } };
    const renamed = Object.entries(labels).find(([other, its]) => other !== key && its === wanted);
    if (renamed !== undefined) {
      return { key, wanted, outcome: 'renamed', actual: { key: renamed[0], value: wanted } };
    }
    if (value === undefined) return { key, wanted, outcome: 'absent' };
    return { key, wanted, outcome: 'different', actual: { key, value } };
  });
}

/** Something that might have been meant by a selector. */
export interface LabelCandidate {
  /** The workload's or Pod's name. */
  readonly name: string;
  readonly labels: StringMap;
}

/** A candidate whose labels nearly match. */
export interface NearMiss<C extends LabelCandidate> {
  readonly candidate: C;
  readonly comparisons: readonly LabelComparison[];
  readonly score: number;
}

/**
 * The candidate that a Service's selector most probably means, or undefined when nothing is near: its identifying
 * labels (`app`, `app.kubernetes.io/name`, ...) must be equal, similar or renamed, or it must bear the Service's name.
 */
export function nearestLabels<C extends LabelCandidate>(
  selector: StringMap,
  serviceName: string,
  candidates: readonly C[],
): NearMiss<C> | undefined {
  return candidates
    .flatMap((candidate) => {
      const comparisons = compareLabels(selector, candidate.labels);
      const hasName = candidate.name === serviceName;
      if (!hasName && !isNear(comparisons)) return [];
      const score = comparisons.reduce((sum, { outcome }) => sum + POINTS[outcome], hasName ? 3 : 0);
      return [{ candidate, comparisons, score }];
    })
    .sort((a, b) => b.score - a.score)[0];
}

const POINTS: Readonly<Record<LabelComparison['outcome'], number>> = {
  equal: 3,
  similar: 2,
  renamed: 2,
  different: 0,
  absent: 0,
};

/** Keys that say what a Pod is, rather than where, how or for whom it runs. */
const IDENTITY_KEYS: readonly string[] = [
  'app',
  'name',
  'k8s-app',
  'component',
  'app.kubernetes.io/name',
  'app.kubernetes.io/component',
];

function isNear(comparisons: readonly LabelComparison[]): boolean {
  const identities = comparisons.filter(({ key }) => IDENTITY_KEYS.includes(key));
  const deciding = identities.length > 0 ? identities : comparisons;
  return deciding.length > 0 && deciding.every(({ outcome }) => POINTS[outcome] > 0);
}
