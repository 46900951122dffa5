import { editDistance } from '../../kubernetes/nearest.ts';

/**
 * What to say after "X does not exist": the name most like it, or else the names that there are.
 * Answers an empty string when there are none.
 */
export function suggestName(wanted: string, existing: readonly string[]): string {
  const ranked = existing
    .map((name) => ({ name, distance: distanceOf(wanted.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [nearest] = ranked;
  if (nearest === undefined) return '';
  if (nearest.distance <= Math.max(2, wanted.length / 3)) return `; did you mean \`${nearest.name}\`?`;
  return `; there is ${listNames(existing)}`;
}

const maxNames = 8;

/** `` `a`, `b` and 3 more``. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, maxNames).map((name) => `\`${name}\``);
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

/** Names longer than any Kubernetes name count as wholly different. */
function distanceOf(a: string, b: string): number {
  return Math.max(a.length, b.length) > 253 ? Number.POSITIVE_INFINITY : editDistance(a, b);
}
