/**
 * What to say after "X does not exist": the name most like it, or else the names that there are.
 * Answers an empty string when there are none.
 */
export function suggestName(wanted: string, existing: readonly string[]): string {
  const ranked = existing
    .map((name) => ({ name, distance: editDistance(wanted.toLowerCase(), name.toLowerCase()) }))
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

/** Levenshtein's distance; names longer than any Kubernetes name count as wholly different. */
function editDistance(a: string, b: string): number {
  if (Math.max(a.length, b.length) > 253) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...b].entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
