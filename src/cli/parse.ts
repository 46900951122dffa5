import type { ConnectionOptions } from '../cluster/live/options.ts';
import { parseDuration } from '../kubernetes/duration.ts';
import { nearest } from '../kubernetes/nearest.ts';
import { type Arguments, parseArguments } from './arguments.ts';
import { COMMANDS, type CommandName, FLAGS, type FlagName, knows, showFlag } from './flags.ts';
import {
  COLOR_CHOICES,
  type Invocation,
  LIST_FORMATS,
  REPORT_FORMATS,
  type Selection,
  SHELLS,
  type Source,
} from './invocation.ts';
import { readTarget } from './target-words.ts';
import { UsageError } from './usage-error.ts';

/** Reads a command line, without the program's name. Throws a UsageError with one clear line. */
export function parseCommandLine(line: readonly string[]): Invocation {
  const all = parseArguments(line);
  const [first = '', ...rest] = all.words;
  const command: CommandName = isCommand(first) ? first : 'diagnose';
  const common = {
    color: choice(all, 'color', COLOR_CHOICES, 'auto'),
    verbosity: wholeNumber(all, 'v', 0, 10) ?? 0,
  };
  if (command === 'help' || isSet(all, 'help')) return { ...common, command: 'help' };
  checkFlags(all, command);
  const words = command === 'diagnose' ? all.words : rest;
  switch (command) {
    case 'diagnose': {
      checkIsNoCommand(words);
      const format = choice(all, 'output', REPORT_FORMATS, 'text');
      const isWatch = isSet(all, 'watch');
      const selection = readSelection(all, words);
      if (isWatch && selection.source.kind === 'file')
        throw exclude('watch', '`--from`: a file does not change');
      return { ...common, command, selection, format, isWatch };
    }
    case 'snapshot':
      return { ...common, command, selection: readSelection(all, words) };
    case 'explain':
      return { ...common, command, rule: onlyWord(words, 'explain', 'a rule, such as `explain GD2104`') };
    case 'completion': {
      const shell = onlyWord(words, 'completion', `one of ${SHELLS.join(', ')}`);
      return { ...common, command, shell: oneOf(shell, SHELLS, '`completion`') };
    }
    case 'rules':
    case 'version':
      if (words.length > 0) throw new UsageError(`\`${command}\` takes no \`${words.join(' ')}\``);
      return { ...common, command, format: choice(all, 'output', LIST_FORMATS, 'text') };
  }
}

function isCommand(word: string): word is keyof typeof COMMANDS {
  return Object.hasOwn(COMMANDS, word);
}

/** `explian GD2104` is a misspelt command rather than two targets. */
function checkIsNoCommand([first = '', second]: readonly string[]): void {
  if (second === undefined || first.includes('/')) return;
  const near = nearest(first, Object.keys(COMMANDS));
  if (near !== undefined) throw new UsageError(`unknown command \`${first}\`; did you mean \`${near}\`?`);
}

function checkFlags({ flags }: Arguments, command: CommandName): void {
  for (const name of flags.keys()) {
    const where = command === 'diagnose' ? 'a diagnosis' : `\`${command}\``;
    if (!knows(command, FLAGS[name])) throw new UsageError(`${nameOf(name)} means nothing to ${where}`);
  }
}

/** Reads what to diagnose from flags and target words. */
export function readSelection(all: Arguments, words: readonly string[]): Selection {
  const target = readTarget(words);
  const flagNamespace = text(all, 'namespace');
  const wordNamespace = target.kind === 'name' ? target.namespace : undefined;
  if (flagNamespace !== undefined && wordNamespace !== undefined && flagNamespace !== wordNamespace) {
    throw new UsageError(`\`${words.join(' ')}\` names another namespace than \`-n ${flagNamespace}\``);
  }
  const isAllNamespaces = isSet(all, 'all-namespaces');
  const selector = text(all, 'selector');
  if (isAllNamespaces && target.kind === 'name') throw exclude('all-namespaces', 'the name of one Ingress');
  if (isAllNamespaces && flagNamespace !== undefined) throw exclude('all-namespaces', nameOf('namespace'));
  if (selector !== undefined && target.kind !== 'everything') {
    throw exclude('selector', target.kind === 'url' ? 'a URL' : 'the name of one Ingress');
  }
  const namespace = flagNamespace ?? wordNamespace;
  const seenStatus = wholeNumber(all, 'status', 100, 599);
  const logSeconds = duration(all, 'since');
  return {
    words: target,
    ...(namespace !== undefined && { namespace }),
    isAllNamespaces,
    ...(selector !== undefined && { selector }),
    source: readSource(all),
    ...(seenStatus !== undefined && { seenStatus }),
    ...(logSeconds !== undefined && { logSeconds }),
  };
}

function readSource(all: Arguments): Source {
  const path = text(all, 'from');
  const at = text(all, 'at');
  if (path !== undefined) return { kind: 'file', path, ...(at !== undefined && { at }) };
  if (at !== undefined)
    throw new UsageError(`${nameOf('at')} needs \`--from\`: a live cluster is read as of now`);
  return { kind: 'live', connection: readConnection(all) };
}

// An empty value leaves it to the kubeconfig, as in kubectl.
function readConnection(all: Arguments): ConnectionOptions {
  const verbosity = wholeNumber(all, 'v', 0, 10);
  const asGroup = (all.flags.get('as-group') ?? []).map(String);
  const named = {
    kubeconfig: text(all, 'kubeconfig'),
    context: text(all, 'context'),
    cluster: text(all, 'cluster'),
    user: text(all, 'user'),
    as: text(all, 'as'),
    token: text(all, 'token'),
    server: text(all, 'server'),
    certificateAuthority: text(all, 'certificate-authority'),
    requestTimeout: text(all, 'request-timeout'),
  };
  const given: Partial<Record<keyof typeof named, string>> = Object.fromEntries(
    Object.entries(named).filter(([, value]) => value !== undefined),
  );
  return {
    ...given,
    ...(asGroup.length > 0 && { asGroup }),
    ...(isSet(all, 'insecure-skip-tls-verify') && { insecureSkipTlsVerify: true }),
    ...(verbosity !== undefined && { verbosity }),
  };
}

/** The last value wins, as in kubectl; an empty one is none. */
function text({ flags }: Arguments, name: FlagName): string | undefined {
  const value = flags.get(name)?.at(-1);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isSet({ flags }: Arguments, name: FlagName): boolean {
  return flags.get(name)?.at(-1) === true;
}

function choice<T extends string>(all: Arguments, name: FlagName, known: readonly T[], otherwise: T): T {
  const value = text(all, name);
  return value === undefined ? otherwise : oneOf(value, known, nameOf(name));
}

function oneOf<T extends string>(value: string, known: readonly T[], what: string): T {
  const found = known.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw new UsageError(`${what} takes ${listOf(known)}, not \`${value}\``);
}

function wholeNumber(all: Arguments, name: FlagName, least: number, most: number): number | undefined {
  const value = text(all, name);
  if (value === undefined) return undefined;
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`${nameOf(name)} takes a number from ${least} to ${most}, not \`${value}\``);
}

/** Whole seconds, as the API server takes them; a part of one counts as one. */
function duration(all: Arguments, name: FlagName): number | undefined {
  const value = text(all, name);
  if (value === undefined) return undefined;
  const seconds = parseDuration(value);
  if (seconds !== undefined && seconds > 0) return Math.ceil(seconds);
  throw new UsageError(`${nameOf(name)} takes a duration such as 5s, 2m or 3h, not \`${value}\``);
}

function onlyWord(words: readonly string[], command: CommandName, what: string): string {
  const [word, ...more] = words;
  if (word !== undefined && more.length === 0) return word;
  throw new UsageError(`\`${command}\` needs ${what}`);
}

function exclude(name: FlagName, other: string): UsageError {
  return new UsageError(`${nameOf(name)} does not go with ${other}`);
}

function nameOf(name: FlagName): string {
  return `\`${showFlag({ name, ...FLAGS[name] })}\``;
}

function listOf(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
}
