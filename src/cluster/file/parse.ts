import { CORE_SCHEMA, loadAll, mergeTag, YAMLException } from 'js-yaml';
import { FileError } from './error.ts';

/**
 * The documents of a YAML or JSON text: one, several between `---`, or JSON values one after the other.
 * Times stay strings. Throws a FileError that names the file, line and column of what is malformed.
 */
export function parseDocuments(text: string, fileName: string): readonly unknown[] {
  const first = /\S/.exec(text)?.[0];
  if (first === undefined) return [];
  if (first !== '{' && first !== '[') return parseYaml(text, fileName, 0);
  const whole = parseJson(text);
  if (whole) return [whole.value];
  const places = [...jsonValues(text)];
  // JSON first, then YAML: what stands between the braces is part of it.
  if (hasOtherText(text, places)) return parseYaml(text, fileName, 0);
  const values: unknown[] = [];
  for (const { start, end } of places) {
    const value = text.slice(start, end);
    const parsed = parseJson(value);
    // YAML in flow style; or the YAML parser says where the JSON is wrong.
    if (!parsed && values.length === 0) return parseYaml(text, fileName, 0);
    if (parsed) values.push(parsed.value);
    else values.push(...parseYaml(value, fileName, linesBefore(text, start)));
  }
  return values;
}

/** Whether there is more between the values than space and the lines that separate documents. */
function hasOtherText(
  text: string,
  places: readonly { readonly start: number; readonly end: number }[],
): boolean {
  return places.some(({ end }, index) => {
    const between = text.slice(end, places[index + 1]?.start ?? text.length);
    return between.replace(/^---\s*$/gm, '').trim() !== '';
  });
}

/** More aliases than people write, too few for a small file to grow without bound. */
const MAX_ALIASES = 100;

/** Deeper than any Kubernetes object: a CustomResourceDefinition's schema. */
const MAX_DEPTH = 200;

function parseYaml(text: string, fileName: string, linesAbove: number): readonly unknown[] {
  const options = { schema: CORE_SCHEMA.withTags(mergeTag), maxAliases: MAX_ALIASES, maxDepth: MAX_DEPTH };
  try {
    return loadAll(text, options);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw new FileError(`${fileName}: cannot be parsed`);
    if (error.mark === undefined) throw new FileError(`${fileName}: ${error.reason}`);
    const line = error.mark.line + 1 + linesAbove;
    throw new FileError(`${fileName}:${line}:${error.mark.column + 1}: ${error.reason}`);
  }
}

function linesBefore(text: string, end: number): number {
  return text.slice(0, end).split('\n').length - 1;
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Where each outermost JSON object or array begins and ends; the last one ends with the text if it is cut off. */
function* jsonValues(text: string): Generator<{ readonly start: number; readonly end: number }> {
  let start = 0;
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (isInString) {
      if (character === '\\') index += 1;
      else if (character === '"') isInString = false;
      continue;
    }
    if (character === '"') isInString = true;
    if (character === '{' || character === '[') depth += 1;
    if (character !== '}' && character !== ']') continue;
    depth -= 1;
    if (depth > 0) continue;
    yield { start, end: index + 1 };
    start = index + 1;
  }
  if (text.slice(start).trim() !== '') yield { start, end: text.length };
}
