/**
 * What a terminal would obey or hide instead of show: control characters (C0, DEL, C1), formatting characters
 * (bidirectional overrides, zero width), lone surrogates, line separators, private use and invisible fillers.
 * U+FE0F stays: it only makes an emoji of the character before it.
 */
const INVISIBLE = /(?!\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Runs of all that is not printable ASCII: narrows down cheaply where INVISIBLE has to look. */
const UNUSUAL = /[^\n\x20-\x7e]+/g;

/** Writes invisible characters as escapes: `\x1b`, `\n`, `\u202e`, `\u{e0041}`. */
export function makeVisible(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : text.replace(INVISIBLE, escapeCharacter);
}

/** Cuts a text after `limit` UTF-16 units, never within a character, and says how much is missing. */
export function bound(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const isLeadSurrogate = /[\ud800-\udbff]/.test(text.charAt(limit - 1));
  const kept = text.slice(0, isLeadSurrogate ? limit - 1 : limit);
  return `${kept}… (${text.length - kept.length} more characters)`;
}

/**
 * Makes every string within a result value safe to print and bounds its length: the one place where text reports
 * treat what came from the cluster. Two properties are treated apart: an evidence's `value` keeps its line breaks
 * (its layout indents each line, so that it cannot pose as another part of the report) and shows tabs as spaces;
 * a command's `run` is never cut, because the rest of a cut command does something else.
 */
export function sanitize<T>(value: T, limit: number): T {
  return mapStrings(value, '', (text, property) => {
    if (property === 'run') return makeVisible(text);
    const bounded = bound(text, limit);
    return property === 'value' ? makeLinesVisible(bounded) : makeVisible(bounded);
  }) as T;
}

/** Escapes invisible characters in JSON as JSON does, so that the text is the same value and safe to print. */
export function escapeInJson(json: string): string {
  return json.replace(UNUSUAL, (run) =>
    run.replace(INVISIBLE, (character) =>
      [...utf16Units(character)].map((unit) => `\\u${hex(unit, 4)}`).join(''),
    ),
  );
}

/** Escapes invisible characters within YAML's double-quoted scalars; line breaks are YAML's own. */
export function escapeInYaml(yaml: string): string {
  return yaml.replace(UNUSUAL, (run) =>
    run.replace(INVISIBLE, (character) => {
      const codePoint = character.codePointAt(0) ?? 0;
      return codePoint > 0xffff ? `\\U${hex(codePoint, 8)}` : `\\u${hex(codePoint, 4)}`;
    }),
  );
}

/** Whether a text holds something, other than line breaks, that a terminal would obey or hide. */
export function hasInvisible(text: string): boolean {
  return (text.match(UNUSUAL) ?? []).some((run) => run.search(INVISIBLE) !== -1);
}

function makeLinesVisible(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(/\t/g, ' ')
    .split('\n')
    .map((line) => makeVisible(line.trimEnd()))
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
}

function escapeCharacter(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint <= 0xff) return `\\x${hex(codePoint, 2)}`;
  return codePoint <= 0xffff ? `\\u${hex(codePoint, 4)}` : `\\u{${hex(codePoint, 0)}}`;
}

function mapStrings(
  value: unknown,
  property: string,
  change: (text: string, property: string) => string,
): unknown {
  if (typeof value === 'string') return change(value, property);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, property, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, key, change)]));
}

function* utf16Units(character: string): Iterable<number> {
  for (let index = 0; index < character.length; index++) yield character.charCodeAt(index);
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
