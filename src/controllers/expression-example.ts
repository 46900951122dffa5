import { expressionMatches } from './expression.ts';

/** The tokens of an expression that are looked at as a whole. */
const TOKEN = /\\.|\[\^?\]?[^\]]*\]|\((?:\?:)?|[)|^$.]|[*+?]\??|\{\d+,?\d*\}\??|./gs;

/** Characters of request paths, the plainest first. */
const CHARACTERS = [...'x0Xa-_/.~%:@=&+'];

/** One alternative of a group that is being read. */
interface Part {
  text: string;
  /** What the last token added, for a repetition of it. */
  last: string;
  /** A further alternative began: the first that adds anything is kept. */
  isDone: boolean;
}

/** A request path that the expression matches as a whole; undefined where none was found. */
export function exampleOf(source: string): string | undefined {
  const parts: Part[] = [emptyPart()];
  for (const token of source.match(TOKEN) ?? []) {
    const part = parts.at(-1) ?? emptyPart();
    if (token.startsWith('(')) parts.push(emptyPart());
    else if (token === ')') {
      if (parts.length > 1) parts.pop();
      add(parts.at(-1), part.text);
    } else if (token === '|') part.isDone ||= part.text !== '';
    else if (token.startsWith('{'))
      add(part, part.last.repeat(Math.max(0, Number.parseInt(token.slice(1), 10) - 1)));
    else if (!/^[*+?]/.test(token)) add(part, characterFor(token));
  }
  const [{ text } = emptyPart(), unclosed] = parts;
  // Of what it does not understand, the matcher compares the beginning only.
  if (unclosed !== undefined || /\(\?[^:]|\\[1-9]/.test(source)) return undefined;
  return expressionMatches(source, text, { anchor: 'whole' }) ? text : undefined;
}

function emptyPart(): Part {
  return { text: '', last: '', isDone: false };
}

function add(part: Part | undefined, text: string): void {
  if (part === undefined || part.isDone) return;
  part.text += text;
  part.last = text;
}

function characterFor(token: string): string {
  if (token === '^' || token === '$') return '';
  if (token.length === 1 && token !== '.') return token;
  return (
    CHARACTERS.find((character) => expressionMatches(token, character, { anchor: 'whole' })) ?? token.slice(1)
  );
}
