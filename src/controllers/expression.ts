/**
 * Regular expressions from Ingress paths, matched in time linear in the request path: a path is anybody's text,
 * and on JavaScript's own engine one like `(a+)+$` would hang. Understood is the part of RE2 that paths use:
 * literals, `.`, classes, `\d \w \s`, groups, `|`, `* + ? {m,n}` (lazy or not), `^` and `$`.
 */
export interface ExpressionOptions {
  /** Where the match must lie: anywhere from the start on, over the whole path, or anywhere. */
  readonly anchor: 'start' | 'whole' | 'none';
  readonly ignoreCase?: boolean;
}

/** Proxies refuse longer request lines (nginx: 8 KiB), so no route is ever chosen for them. */
const LONGEST_PATH = 8192;

/** More steps than any written by hand; repetitions of repetitions like `(a{99}){99}` multiply. */
const LARGEST_PROGRAM = 2000;

/** Deeper than any written by hand, and far from the end of the stack. */
const DEEPEST_NESTING = 50;

/**
 * Whether the path matches. An expression that is not understood (look-around, back-references, broken syntax)
 * is taken to match what begins with its literal head: that route is the best guess there is.
 */
export function expressionMatches(source: string, path: string, options: ExpressionOptions): boolean {
  if (path.length > LONGEST_PATH) return false;
  const text = options.ignoreCase === true ? path.toLowerCase() : path;
  const pattern = options.ignoreCase === true ? lowerCasePattern(source) : source;
  const program = compile(pattern);
  if (program === undefined) return text.startsWith(literalHead(pattern));
  return run(program, text, options.anchor);
}

/** What stands before the first character with a meaning. */
export function literalHead(source: string): string {
  return source.replace(/^\^/, '').split(/[\\^$.*+?()[\]{}|]/, 1)[0] ?? '';
}

/** Lowers literals but leaves escapes alone: `\D` is not `\d`. */
function lowerCasePattern(source: string): string {
  return source.replace(/\\.|[^\\]+/gs, (part) => (part.startsWith('\\') ? part : part.toLowerCase()));
}

type Test = (character: string) => boolean;

type Node =
  | { readonly kind: 'test'; readonly test: Test }
  | { readonly kind: 'begin' | 'end' }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Node[] }
  | { readonly kind: 'repeat'; readonly part: Node; readonly min: number; readonly max: number };

type Step =
  | { readonly kind: 'test'; readonly test: Test }
  | { readonly kind: 'begin' | 'end' | 'match' }
  | { readonly kind: 'fork'; readonly to: readonly number[] };

/** The steps of an expression; undefined for one that is not understood or too large. */
function compile(source: string): readonly Step[] | undefined {
  const node = parse(source);
  if (node === undefined) return undefined;
  const steps: Step[] = [];
  emit(node, steps);
  steps.push({ kind: 'match' });
  return steps.length > LARGEST_PROGRAM ? undefined : steps;
}

function parse(source: string): Node | undefined {
  const characters = [...source];
  let position = 0;
  let depth = 0;
  let isUnderstood = true;

  function peek(ahead = 0): string | undefined {
    return characters[position + ahead];
  }

  function take(expected: string): boolean {
    if (peek() !== expected) return false;
    position++;
    return true;
  }

  /** Gives up: the rest is skipped, so that every loop ends. */
  function giveUp(): Node {
    isUnderstood = false;
    position = characters.length;
    return { kind: 'begin' };
  }

  function choice(): Node {
    if (++depth > DEEPEST_NESTING) return giveUp();
    const parts = [sequence()];
    while (take('|')) parts.push(sequence());
    depth--;
    return { kind: 'choice', parts };
  }

  function sequence(): Node {
    const parts: Node[] = [];
    for (let next = peek(); next !== undefined && next !== '|' && next !== ')'; next = peek()) {
      parts.push(repetition(atom()));
    }
    return { kind: 'sequence', parts };
  }

  function repetition(part: Node): Node {
    const range = bounds();
    if (range === undefined) return part;
    // Lazy or greedy: whether there is a match is the same.
    take('?');
    return bounds() === undefined ? { kind: 'repeat', part, ...range } : giveUp();
  }

  function bounds(): { readonly min: number; readonly max: number } | undefined {
    if (take('*')) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (take('+')) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (take('?')) return { min: 0, max: 1 };
    if (peek() !== '{') return undefined;
    const rest = characters.slice(position, position + 16).join('');
    const [all, least, comma, most] = /^\{(\d+)(,?)(\d*)\}/.exec(rest) ?? [];
    if (all === undefined) return undefined;
    position += all.length;
    const min = Number(least);
    if (comma === '') return { min, max: min };
    return { min, max: most === '' ? Number.POSITIVE_INFINITY : Number(most) };
  }

  function atom(): Node {
    const character = characters[position++];
    if (character === '(') return group();
    if (character === '[') return characterClass();
    if (character === '.') return { kind: 'test', test: () => true };
    if (character === '^') return { kind: 'begin' };
    if (character === '$') return { kind: 'end' };
    if (character === '\\') return escaped();
    if (character === undefined || '*+?'.includes(character)) return giveUp();
    return { kind: 'test', test: (other) => other === character };
  }

  function group(): Node {
    // Named and flagged groups and look-around begin with `(?`, too.
    if (take('?') && !take(':')) return giveUp();
    const node = choice();
    return take(')') ? node : giveUp();
  }

  function escaped(): Node {
    const character = characters[position++];
    const test = character === undefined ? undefined : CLASSES.get(character);
    if (test !== undefined) return { kind: 'test', test };
    if (character === undefined || /[A-Za-z0-9]/.test(character)) return giveUp();
    return { kind: 'test', test: (other) => other === character };
  }

  function characterClass(): Node {
    const isNegated = take('^');
    const tests: Test[] = [];
    for (let isFirst = true; isFirst || peek() !== ']'; isFirst = false) {
      const from = characters[position++];
      const to = peek(1);
      if (from === undefined || (from === '[' && peek() === ':')) return giveUp();
      if (from === '\\') {
        const node = escaped();
        if (node.kind !== 'test') return giveUp();
        tests.push(node.test);
      } else if (peek() === '-' && to !== undefined && to !== ']') {
        if (to === '\\') return giveUp();
        position += 2;
        tests.push((other) => other >= from && other <= to);
      } else {
        tests.push((other) => other === from);
      }
    }
    position++;
    return { kind: 'test', test: (other) => tests.some((test) => test(other)) !== isNegated };
  }

  const node = choice();
  return isUnderstood && position === characters.length ? node : undefined;
}

const CLASSES: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['d', (character) => /[0-9]/.test(character)],
  ['D', (character) => !/[0-9]/.test(character)],
  ['w', (character) => /[0-9A-Za-z_]/.test(character)],
  ['W', (character) => !/[0-9A-Za-z_]/.test(character)],
  ['s', (character) => /[\t\n\f\r ]/.test(character)],
  ['S', (character) => !/[\t\n\f\r ]/.test(character)],
]);

/** Appends the steps of a node. It stops growing at the limit, which `compile` then refuses. */
function emit(node: Node, steps: Step[]): void {
  if (steps.length > LARGEST_PROGRAM) return;
  switch (node.kind) {
    case 'test':
    case 'begin':
    case 'end':
      steps.push(node);
      return;
    case 'sequence':
      for (const part of node.parts) emit(part, steps);
      return;
    case 'choice':
      emitChoice(node.parts, steps);
      return;
    case 'repeat':
      emitRepeat(node, steps);
  }
}

function emitChoice(parts: readonly Node[], steps: Step[]): void {
  const starts: number[] = [];
  const ends: number[][] = [];
  steps.push({ kind: 'fork', to: starts });
  for (const part of parts) {
    starts.push(steps.length);
    emit(part, steps);
    const to: number[] = [];
    ends.push(to);
    steps.push({ kind: 'fork', to });
  }
  for (const to of ends) to.push(steps.length);
}

function emitRepeat({ part, min, max }: Node & { readonly kind: 'repeat' }, steps: Step[]): void {
  for (let count = 0; count < min && steps.length <= LARGEST_PROGRAM; count++) emit(part, steps);
  if (max === Number.POSITIVE_INFINITY) {
    const start = steps.length;
    const to = [start + 1];
    steps.push({ kind: 'fork', to });
    emit(part, steps);
    steps.push({ kind: 'fork', to: [start] });
    to.push(steps.length);
    return;
  }
  const skips: number[][] = [];
  for (let count = min; count < max && steps.length <= LARGEST_PROGRAM; count++) {
    const to = [steps.length + 1];
    skips.push(to);
    steps.push({ kind: 'fork', to });
    emit(part, steps);
  }
  for (const to of skips) to.push(steps.length);
}

/** Follows all alternatives at once, character by character: no step is taken twice at one position. */
function run(steps: readonly Step[], text: string, anchor: ExpressionOptions['anchor']): boolean {
  const characters = [...text];
  let current = new Set<number>([0]);
  for (let position = 0; position <= characters.length; position++) {
    if (anchor === 'none') current.add(0);
    const isEnd = position === characters.length;
    const reached = closure(steps, current, position === 0, isEnd);
    if (reached.has(steps.length - 1) && (anchor !== 'whole' || isEnd)) return true;
    const character = characters[position];
    if (character === undefined) return false;
    current = new Set();
    for (const index of reached) {
      const step = steps[index];
      if (step?.kind === 'test' && step.test(character)) current.add(index + 1);
    }
  }
  return false;
}

/** The steps that can be reached without reading a character. */
function closure(
  steps: readonly Step[],
  from: ReadonlySet<number>,
  isBegin: boolean,
  isEnd: boolean,
): ReadonlySet<number> {
  const reached = new Set<number>();
  const open = [...from];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (reached.has(index)) continue;
    reached.add(index);
    const step = steps[index];
    if (step?.kind === 'fork') open.push(...step.to);
    if ((step?.kind === 'begin' && isBegin) || (step?.kind === 'end' && isEnd)) open.push(index + 1);
  }
  return reached;
}
