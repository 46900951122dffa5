import { load } from 'js-yaml';
import type { Container } from '../kubernetes/pod-types.ts';
import { isRecord } from '../kubernetes/record.ts';
import type { ConfigMap } from '../kubernetes/types.ts';
import type { Workload } from '../kubernetes/workload-types.ts';
import type { Settings } from './profile.ts';

/**
 * The settings that a workload's containers are started with. Where two containers have the same flag,
 * the first one's holds. Init containers do not count.
 */
export function settingsOf(workload: Workload): Settings {
  const settings = new Map<string, string>();
  for (const container of workload.spec?.template?.spec?.containers ?? []) {
    for (const [name, value] of flagsOf(container)) {
      if (!settings.has(name)) settings.set(name, value);
    }
  }
  return settings;
}

/** The command line of a container, `command` then `args`, with the script of `sh -c` taken apart. */
export function commandLine({ command = [], args = [] }: Container): readonly string[] {
  const words = [...command, ...args];
  return words.flatMap((word, index) =>
    /^-[a-z]*c$/.test(words[index - 1] ?? '') ? word.split(/\s+/).filter((part) => part !== '') : [word],
  );
}

/** The flags of one container: `--name=value`, `--name value`, `-name=value` and plain `--name`. */
export function flagsOf(container: Container): Settings {
  const flags = new Map<string, string>();
  const words = commandLine(container);
  for (const [index, word] of words.entries()) {
    const [, name, assigned] = /^--?([a-z][\w.[\]-]*)(?:=(.*))?$/is.exec(word) ?? [];
    if (name === undefined) continue;
    const next = words[index + 1];
    const value = assigned ?? (next === undefined || next.startsWith('-') ? 'true' : next);
    const key = name.toLowerCase();
    const earlier = flags.get(key);
    flags.set(key, earlier === undefined ? value : `${earlier},${value}`);
  }
  return flags;
}

/**
 * Adds what a controller's ConfigMap says to its flags, which win. The keys of `data` are settings; where a value
 * is a YAML document of its own (Contour's `contour.yaml`, Istio's `mesh`), its top-level scalars are.
 */
export function withConfigMap(settings: Settings, config: ConfigMap): Settings {
  const merged = new Map<string, string>();
  for (const [key, value] of Object.entries(config.data ?? {})) {
    merged.set(key.toLowerCase(), value);
    const isDocument = /\.ya?ml$/.test(key) || key === 'mesh';
    if (!isDocument) continue;
    for (const [name, inner] of topLevelScalars(value)) merged.set(name.toLowerCase(), inner);
  }
  for (const [name, value] of settings) merged.set(name, value);
  return merged;
}

function topLevelScalars(text: string): readonly (readonly [string, string])[] {
  const entries = Object.entries(parseMapping(text));
  return entries.flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [[name, String(value)] as const]
      : [],
  );
}

function parseMapping(text: string): Readonly<Record<string, unknown>> {
  try {
    const document = load(text);
    return isRecord(document) ? document : {};
  } catch {
    // A broken document is the controller's to complain about.
    return {};
  }
}

/** Whether a boolean flag is set; of a repeated one the last holds. */
export function isOn(settings: Settings, name: string): boolean {
  return isTrue(settings.get(name)?.split(',').at(-1));
}

/** Whether a text means true to Go's `strconv.ParseBool`. */
export function isTrue(text: string | undefined): boolean {
  return text !== undefined && ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(text);
}

/** The setting, or the product's default where it is not set or empty. */
export function settingOr(settings: Settings, name: string, otherwise: string): string {
  const value = settings.get(name);
  return value === undefined || value === '' ? otherwise : value;
}
