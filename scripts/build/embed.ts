import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'esbuild';
import { COMPLETION_FILES } from '../../src/cli/completion/files.ts';
import { RULE_NAMES } from '../../src/cli/rule-names.ts';

/**
 * Puts a module that holds all texts in the place of src/cli/embedded.ts, which reads them from the sources, and one
 * that holds the rules' names in the place of src/cli/rule-names.ts, which takes them from the rules.
 */
export function embedTexts(root: string): Plugin {
  return {
    name: 'embed-texts',
    setup(build) {
      build.onLoad({ filter: /[\\/]src[\\/]cli[\\/]embedded\.ts$/ }, () => ({ contents: moduleOf(root) }));
      build.onLoad({ filter: /[\\/]src[\\/]cli[\\/]rule-names\.ts$/ }, () => ({
        contents: `export const RULE_NAMES = ${JSON.stringify(RULE_NAMES)};`,
      }));
    },
  };
}

/** Puts src/packed-commands.ts, which loads the second file of the bundle, in the place of src/commands.ts. */
export function packCommands(root: string): Plugin {
  const resolveDir = path.join(root, 'src');
  const contents = readFileSync(path.join(resolveDir, 'packed-commands.ts'), 'utf8');
  return {
    name: 'pack-commands',
    setup(build) {
      build.onLoad({ filter: /[\\/]src[\\/]commands\.ts$/ }, () => ({ contents, loader: 'ts', resolveDir }));
    },
  };
}

function moduleOf(root: string): string {
  const rules = path.join(root, 'src/rules');
  const pages = readdirSync(rules, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => [path.basename(file, '.md'), readFileSync(path.join(rules, file), 'utf8')]);
  const completions = path.join(root, 'src/cli/completion');
  const scripts = Object.entries(COMPLETION_FILES).map(([shell, file]) => [
    shell,
    readFileSync(path.join(completions, file), 'utf8'),
  ]);
  const manifest: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const { version } = manifest as { version: string };
  return `
    export function readVersion() { return ${JSON.stringify(version)}; }
    export function readPage(ruleName) { return new Map(${lateTexts(pages)}).get(ruleName)?.(); }
    export function readCompletionScript(shell) { return new Map(${lateTexts(scripts)}).get(shell)?.(); }
  `;
}

/** Each text within a function, so that only the one that is asked for is ever made. */
function lateTexts(entries: readonly (readonly string[])[]): string {
  return `[${entries.map(([name, text]) => `[${JSON.stringify(name)}, () => ${JSON.stringify(text)}]`).join(',')}]`;
}
