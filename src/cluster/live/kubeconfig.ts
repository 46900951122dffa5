import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadAll, YAMLException } from 'js-yaml';
import { isRecord, type JsonRecord } from '../../kubernetes/record.ts';
import { ConnectionError } from './connection-error.ts';
import { codeOf, messageOf } from './error-text.ts';

/** A named cluster, user or context as its file has it; its relative paths start at `folder`. */
export interface Entry {
  readonly name: string;
  readonly fields: JsonRecord;
  readonly folder: string;
}

/** One or several kubeconfig files, merged. */
export interface Kubeconfig {
  /** The files that were read. */
  readonly files: readonly string[];
  readonly currentContext: string | undefined;
  readonly clusters: ReadonlyMap<string, Entry>;
  readonly users: ReadonlyMap<string, Entry>;
  readonly contexts: ReadonlyMap<string, Entry>;
}

/**
 * Merges the files as kubectl does: for each name, and for the current context, the first file that has it wins
 * (https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/).
 * Files of KUBECONFIG and the default file may be missing; the file of `--kubeconfig` may not.
 */
export function loadKubeconfig(
  flag: string | undefined,
  variables: Readonly<Record<string, string | undefined>>,
): Kubeconfig {
  const candidates = flag === undefined ? defaultFiles(variables) : [flag];
  const merged = {
    files: [] as string[],
    currentContext: undefined as string | undefined,
    clusters: new Map<string, Entry>(),
    users: new Map<string, Entry>(),
    contexts: new Map<string, Entry>(),
  };
  for (const file of candidates) {
    const content = readYaml(file, flag === undefined);
    if (content === undefined) continue;
    merged.files.push(file);
    if (!merged.currentContext) merged.currentContext = textOf(content['current-context']);
    for (const section of ['clusters', 'users', 'contexts'] as const) {
      for (const entry of entriesOf(content[section], section.slice(0, -1), file)) {
        if (!merged[section].has(entry.name)) merged[section].set(entry.name, entry);
      }
    }
  }
  return merged;
}

function defaultFiles(variables: Readonly<Record<string, string | undefined>>): readonly string[] {
  const listed = variables['KUBECONFIG'];
  if (listed) return [...new Set(listed.split(path.delimiter).filter((file) => file !== ''))];
  const home = variables['HOME'] || variables['USERPROFILE'];
  return home ? [path.join(home, '.kube', 'config')] : [];
}

/** `undefined` for a file that is absent, where it may be. An empty one is no mistake to kubectl either. */
function readYaml(file: string, mayBeMissing: boolean): JsonRecord | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (mayBeMissing && isMissing(error)) return undefined;
    throw new ConnectionError(`cannot read kubeconfig \`${file}\`: ${fileTrouble(error)}`, error);
  }
  const content = parse(file, text);
  if (content === undefined || content === null) return {};
  if (!isRecord(content)) {
    throw new ConnectionError(
      `\`${file}\` is not a kubeconfig: it holds no \`clusters\`, \`users\` and \`contexts\``,
    );
  }
  return content;
}

function parse(file: string, text: string): unknown {
  try {
    return loadAll(text)[0];
  } catch (error) {
    const mark = error instanceof YAMLException ? error.mark : undefined;
    const place = mark === undefined ? '' : ` at line ${mark.line + 1}, column ${mark.column + 1}`;
    const reason = error instanceof YAMLException ? error.reason : messageOf(error);
    throw new ConnectionError(`kubeconfig \`${file}\` is not valid YAML${place}: ${reason}`, error);
  }
}

function entriesOf(list: unknown, key: string, file: string): readonly Entry[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list))
    throw new ConnectionError(`kubeconfig \`${file}\` is wrong: \`${key}s\` must be a list`);
  const folder = path.dirname(path.resolve(file));
  return list.flatMap((item: unknown) => {
    const name = isRecord(item) ? textOf(item['name']) : undefined;
    if (!isRecord(item) || name === undefined) return [];
    const fields = item[key];
    return [{ name, fields: isRecord(fields) ? fields : {}, folder }];
  });
}

/** A string; YAML reads names and tokens such as `123` as numbers. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
}

/** Why a file could not be read, without Node's wording. */
export function fileTrouble(error: unknown): string {
  if (isMissing(error)) return 'no such file';
  const code = codeOf(error);
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'EISDIR') return 'it is a folder';
  return messageOf(error);
}
