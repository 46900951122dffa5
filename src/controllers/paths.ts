import type { PathRule } from './profile.ts';

/**
 * A `Prefix` path as the Ingress API defines it: element by element, a trailing slash ignored
 * (https://kubernetes.io/docs/concepts/services-networking/ingress/#examples).
 */
export function hasElementPrefix(prefix: string, requestPath: string): boolean {
  const elements = prefix.replace(/\/$/, '');
  return requestPath === elements || requestPath.startsWith(`${elements}/`);
}

/** The path types that all products treat alike; undefined for `ImplementationSpecific` and what is unknown. */
export function standardMatch({ path, pathType }: PathRule, requestPath: string): boolean | undefined {
  if (pathType === 'Exact') return path === requestPath;
  if (pathType === 'Prefix') return hasElementPrefix(path, requestPath);
  // Without a path, every product takes all of the host's requests.
  return path === '' ? true : undefined;
}

/** Whether the path fits a pattern in which `*` stands for any characters and `?`, unless turned off, for one. */
export function globMatches(pattern: string, path: string, questionMark: 'one' | 'literal' = 'one'): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let position = 0; position < path.length; ) {
    const wanted = pattern[at];
    if (wanted === '*') {
      star = at++;
      resume = position;
    } else if (
      wanted !== undefined &&
      (wanted === path[position] || (wanted === '?' && questionMark === 'one'))
    ) {
      at++;
      position++;
    } else if (star >= 0) {
      // The last star takes one more character.
      at = star + 1;
      position = ++resume;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}

/** Exact before others, then the longest path, as the Ingress API has it. */
export function exactThenLongest(a: PathRule, b: PathRule): number {
  return exactFirst(a, b) || longestFirst(a, b);
}

/** `Exact` paths first. */
export function exactFirst(a: PathRule, b: PathRule): number {
  return Number(b.pathType === 'Exact') - Number(a.pathType === 'Exact');
}

/** The longest path first, a trailing slash not counted. */
export function longestFirst(a: PathRule, b: PathRule): number {
  return lengthOf(b) - lengthOf(a);
}

function lengthOf({ path }: PathRule): number {
  return path.replace(/\/$/, '').length;
}
