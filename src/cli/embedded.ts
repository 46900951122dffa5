import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { COMPLETION_FILES } from './completion/files.ts';
import type { Shell } from './invocation.ts';

// From the sources these texts are read from disk. The build puts a module with the same functions and all the
// texts in the place of this one, because the binary stands alone.

const rulesFolder = new URL('../rules/', import.meta.url);

/** This program's version, without a leading `v`. */
export function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return (manifest as { version: string }).version;
}

/** The page of a rule, in Markdown, which stands beside the rule's source. */
export function readPage(ruleName: string): string | undefined {
  const folders = readdirSync(rulesFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const files = folders.map(({ name }) => new URL(`${name}/${ruleName}.md`, rulesFolder));
  const file = files.find((candidate) => existsSync(candidate));
  return file && readFileSync(file, 'utf8');
}

/** The completion script of a shell; for `kubectl` the program through which kubectl itself completes. */
export function readCompletionScript(shell: Shell): string {
  return readFileSync(new URL(`completion/${COMPLETION_FILES[shell]}`, import.meta.url), 'utf8');
}
