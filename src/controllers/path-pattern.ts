import { expressionMatches, literalHead } from './expression.ts';
import { exampleOf } from './expression-example.ts';
import { globMatches } from './paths.ts';

/** How a path is meant that is more than plain text: `*` for anything, or a regular expression. */
export type PatternKind = 'glob' | 'expression';

/** Undefined for a path of plain text; `/users/{id}` and `/a+b` are no expressions either. */
export function patternKind(path: string): PatternKind | undefined {
  if (/[()[\]^$|\\]|\.[*+?]|\{\d/.test(path)) return 'expression';
  return path.includes('*') ? 'glob' : undefined;
}

/** Whether the path, read as the pattern that it looks like, takes the request. */
export function isMeantFor(path: string, request: string): boolean {
  switch (patternKind(path)) {
    case 'glob':
      return globMatches(path, request, 'literal') || `${request}/*` === path;
    case 'expression':
      return expressionMatches(path, request, { anchor: 'start' });
    default:
      return false;
  }
}

/** A request path that the pattern is meant for; undefined where none was found. */
export function meantRequest(path: string): string | undefined {
  switch (patternKind(path)) {
    case 'glob':
      return path.replaceAll('*', 'x');
    case 'expression':
      return exampleOf(path);
    default:
      return undefined;
  }
}

/** How many characters of it are plain text before the pattern begins. */
export function plainLength(path: string): number {
  return literalHead(path).length;
}

/** How many groups the expression captures, as `$1`, `$2` and so on count them. */
export function captureGroups(source: string): number {
  const tokens = source.match(/\\.|\[\^?\]?[^\]]*\]|\((?!\?)|\(\?P?<(?![=!])/gs) ?? [];
  return tokens.filter((token) => token.startsWith('(')).length;
}
