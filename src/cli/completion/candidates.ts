import { COMMANDS, type CommandName, FLAG_LIST, type FlagName, knows } from '../flags.ts';
import { COLOR_CHOICES, LIST_FORMATS, REPORT_FORMATS, SHELLS } from '../invocation.ts';
import { RULE_NAMES } from '../rule-names.ts';

/** One word that could stand in the unfinished word's place, with a few words about it. */
export interface Candidate {
  readonly word: string;
  readonly about?: string;
}

/** Names that have to be read: objects from the cluster, entries from the kubeconfig. */
export type LiveNames = 'ingresses' | 'namespaces' | 'contexts' | 'clusters' | 'users';

/** What could stand in the place of the last word of an unfinished command line. */
export interface Completion {
  readonly fixed: readonly Candidate[];
  readonly live?: LiveNames;
  /** File names, which the shell itself completes. */
  readonly files: boolean;
  /** What each candidate starts with, as a flag or kind in the same word does: `--context=`, `ing/`. */
  readonly before: string;
  /** The namespace in the same word, as in `shop/we`. */
  readonly namespace?: string;
  /** The finished words before the last one, without a flag that still lacks its value. */
  readonly finished: readonly string[];
}

/** Completes the last word, which may be empty, from those before it. */
export function complete(line: readonly string[]): Completion {
  const last = line.at(-1) ?? '';
  const current = last === '""' ? '' : last;
  const finished = line.slice(0, -1);
  const { words, open } = scan(finished);
  const nothing = { fixed: [], files: false, before: '', finished };
  const assigned = /^(--[a-z-]+=)/.exec(current)?.[1];
  const flag = open ?? (assigned === undefined ? undefined : flagOf(assigned.slice(0, -1)));
  const command = commandOf(words);
  if (flag !== undefined) {
    const rest = open === undefined ? finished : finished.slice(0, -1);
    return { ...nothing, ...valuesOf(flag, command), before: assigned ?? '', finished: rest };
  }
  if (current.startsWith('-')) return { ...nothing, fixed: flagNames(command) };
  return { ...nothing, ...positional(command, words, current) };
}

function positional(command: CommandName, words: readonly string[], current: string): Partial<Completion> {
  const own = command === 'diagnose' ? words : words.slice(1);
  if (command === 'completion' && own.length === 0) return { fixed: SHELLS.map((word) => ({ word })) };
  if (command === 'explain' && own.length === 0) return { fixed: ruleNames() };
  if (command !== 'diagnose' && command !== 'snapshot') return {};
  const isKindApart = own.length === 1 && /^ing(ress(es)?)?$/.test(own[0] ?? '');
  if (own.length > 0 && !isKindApart) return {};
  const [, before] = /^([^/]+\/)/.exec(current) ?? [];
  if (before !== undefined) {
    const isKind = /^ing(ress(es)?)?\/$/.test(before);
    return { live: 'ingresses', before, ...(!isKind && { namespace: before.slice(0, -1) }) };
  }
  const commands = words.length === 0 ? Object.entries(COMMANDS) : [];
  return { live: 'ingresses', fixed: commands.map(([word, about]) => ({ word, about })) };
}

function valuesOf(name: FlagName, command: CommandName): Partial<Completion> {
  switch (name) {
    case 'namespace':
      return { live: 'namespaces' };
    case 'context':
    case 'cluster':
    case 'user':
      return { live: `${name}s` };
    case 'kubeconfig':
    case 'certificate-authority':
    case 'from':
      return { files: true };
    case 'output':
      return { fixed: (command === 'diagnose' ? REPORT_FORMATS : LIST_FORMATS).map((word) => ({ word })) };
    case 'color':
      return { fixed: COLOR_CHOICES.map((word) => ({ word })) };
    case 'status':
      return { fixed: ['404', '502', '503', '504'].map((word) => ({ word })) };
    default:
      return {};
  }
}

function flagNames(command: CommandName): readonly Candidate[] {
  return FLAG_LIST.filter((flag) => knows(command, flag) && flag.name !== 'v').map(({ name, help }) => ({
    word: `--${name}`,
    about: help,
  }));
}

function ruleNames(): readonly Candidate[] {
  const codes = RULE_NAMES.map(({ code, title }) => ({ word: code, about: title }));
  return [...codes, ...RULE_NAMES.map(({ name, title }) => ({ word: name, about: title }))];
}

/** The words that are no flags, and the flag whose value comes next. */
function scan(line: readonly string[]): {
  readonly words: readonly string[];
  readonly open: FlagName | undefined;
} {
  const words: string[] = [];
  let open: FlagName | undefined;
  for (const word of line) {
    if (open !== undefined) open = undefined;
    else if (word.startsWith('-')) open = flagOf(word);
    else words.push(word);
  }
  return { words, open };
}

/** The flag that a word names, if it takes a value and the word does not hold it. */
function flagOf(word: string): FlagName | undefined {
  return FLAG_LIST.find(
    ({ name, letter, takes }) =>
      takes !== 'switch' && (word === `--${name}` || (letter !== undefined && word === `-${letter}`)),
  )?.name;
}

function commandOf([first = '']: readonly string[]): CommandName {
  return Object.hasOwn(COMMANDS, first) ? (first as CommandName) : 'diagnose';
}
