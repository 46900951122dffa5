import yargs from 'yargs';
import { nearest } from '../kubernetes/nearest.ts';
import { FLAG_LIST, FLAGS, type Flag, type FlagName, showFlag } from './flags.ts';
import { UsageError } from './usage-error.ts';

/** The words of a command line and its flags, each flag with all the values that it was given. */
export interface Arguments {
  readonly words: readonly string[];
  readonly flags: ReadonlyMap<FlagName, readonly (string | boolean)[]>;
}

/** Takes a command line apart as kubectl does. Throws a UsageError for unknown flags and missing values. */
export function parseArguments(line: readonly string[]): Arguments {
  const parsed: Record<string, unknown> = flagParser(splitLetters(line)).parseSync();
  for (const name of Object.keys(parsed)) {
    if (name !== '_' && name !== '$0' && !isKnown(name)) throw unknownFlag(name);
  }
  const flags = new Map<FlagName, readonly (string | boolean)[]>();
  for (const { name } of FLAG_LIST) {
    if (parsed[name] !== undefined) flags.set(name, valuesOf(parsed[name]));
  }
  const words = Array.isArray(parsed['_']) ? parsed['_'].map(String) : [];
  return { words, flags };
}

function flagParser(line: readonly string[]) {
  const parser = yargs([...line])
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .help(false)
    .version(false)
    .detectLocale(false)
    .exitProcess(false)
    .fail((message: string) => {
      throw misuse(message);
    });
  for (const { name, letter, takes } of FLAG_LIST) {
    parser.option(name, {
      ...(letter !== undefined && letter !== name && { alias: letter }),
      ...(takes === 'switch' ? { type: 'boolean' } : { type: 'string', nargs: 1 }),
    });
  }
  return parser;
}

/** `-ojson` and `-Aojson` become `-o=json` and `-A -o=json`, as in kubectl; yargs would read single letters. */
function splitLetters(line: readonly string[]): string[] {
  const end = line.indexOf('--');
  const flags = end < 0 ? line : line.slice(0, end);
  return [...flags.flatMap(splitWord), ...line.slice(flags.length)];
}

function splitWord(word: string): string[] {
  if (!/^-[a-zA-Z]./.test(word)) return [word];
  const letter = word.charAt(1);
  const flag: Flag | undefined = FLAG_LIST.find((candidate) => candidate.letter === letter);
  const rest = word.slice(2);
  if (flag === undefined || rest.startsWith('=')) return [word];
  return flag.takes === 'switch' ? [`-${letter}`, ...splitWord(`-${rest}`)] : [`-${letter}=${rest}`];
}

function valuesOf(value: unknown): readonly (string | boolean)[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map((item) => (typeof item === 'boolean' ? item : String(item)));
}

function isKnown(name: string): boolean {
  return Object.hasOwn(FLAGS, name) || FLAG_LIST.some(({ letter }) => letter === name);
}

function unknownFlag(name: string): UsageError {
  if (name.length === 1)
    return new UsageError(`unknown flag \`-${name}\`; see \`kubectl gateway-doctor --help\``);
  const flags = FLAG_LIST.filter((flag) => flag.name.length > 1).map((flag) => `--${flag.name}`);
  return new UsageError(`unknown flag \`--${name}\`${nearestOf(`--${name}`, flags)}`);
}

function nearestOf(wanted: string, known: readonly string[]): string {
  const near = nearest(wanted, known);
  return near === undefined ? '; see `kubectl gateway-doctor --help`' : `; did you mean \`${near}\`?`;
}

/** What yargs finds wrong by itself, in our words: only a missing value is left to it. */
function misuse(message: string): UsageError {
  const name = /^Not enough arguments following: (.+)$/.exec(message)?.[1];
  const flag = FLAG_LIST.find((candidate) => candidate.name === name || candidate.letter === name);
  return new UsageError(flag === undefined ? message : `\`${showFlag(flag)}\` needs a value`);
}
