import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import pkg from '@yao-pkg/pkg/lib-es5/sea.js';
import { PACKAGES_FILE } from '../build/packages.ts';
import type { BaseNode } from './base-node.ts';
import { stripElf } from './elf-strip.ts';
import { signMachO } from './macho-sign.ts';
import { unsignPe, withChecksum } from './pe-unsign.ts';
import type { Platform } from './platforms.ts';

// pkg's command line cannot set these. Without the last, NODE_OPTIONS of the user's shell would reach the binary.
const seaConfig = {
  // Node writes the path into the binary as it stands here; pkg's own would be this machine's. It is relative to the
  // folder that pkg makes in the one for temporary files.
  main: '../main.cjs',
  disableExperimentalSEAWarning: true,
  useSnapshot: false,
  useCodeCache: false,
  execArgvExtension: 'none',
};

/**
 * Makes the binary of a platform in `work`, a new folder, and answers its path. The bundle's `main.cjs` is what
 * starts; its other files become assets of the binary, and those in its folder of the platform's name too.
 */
export async function makeBinary(
  name: string,
  platform: Platform,
  node: BaseNode,
  bundle: string,
  work: string,
): Promise<string> {
  const base = prepare(platform, readFileSync(node.file));
  layCache(path.join(work, '.pkg-cache/sea'), node.version, platform, base);
  // pkg looks for its cache in the home folder, and works in the folder for temporary files.
  process.env['HOME'] = work;
  process.env['TMPDIR'] = work;
  const output = path.join(work, 'out', platform.binary);
  const main = path.join(work, 'main.cjs');
  copyFileSync(path.join(bundle, 'main.cjs'), main);
  await pkg.default(main, {
    targets: [{ ...platform.target, nodeRange: `node${node.version}`, output }],
    signature: false,
    seaConfig: { ...seaConfig, assets: assetsOf(bundle, name) },
  });
  writeFileSync(output, finish(platform, readFileSync(output)));
  chmodSync(output, 0o755);
  return output;
}

/** Done before the injection, which what it takes away would not survive. */
function prepare({ target }: Platform, node: Buffer): Buffer {
  switch (target.platform) {
    case 'linux':
      return stripElf(node);
    case 'macos':
      return node;
    case 'win':
      return unsignPe(node);
  }
}

function finish({ target, binary }: Platform, file: Buffer): Buffer {
  switch (target.platform) {
    case 'linux':
      return file;
    case 'macos':
      return signMachO(file, binary);
    case 'win':
      return withChecksum(file);
  }
}

/** The names under which pkg keeps an unpacked Node in its cache; the marks say that it need not download it. */
function layCache(cache: string, version: string, { target }: Platform, node: Buffer): void {
  const system = target.platform === 'macos' ? 'darwin' : target.platform;
  const folder = path.join(cache, `node-v${version}-${system}-${target.arch}`);
  const isWindows = target.platform === 'win';
  const archive = isWindows ? `${folder}.zip` : `${folder}.tar.gz`;
  const binary = isWindows ? `${folder}.exe` : path.join(folder, 'bin/node');
  mkdirSync(path.dirname(binary), { recursive: true });
  writeFileSync(binary, node, { mode: 0o755 });
  for (const mark of [archive, `${archive}.ok`, `${binary}.ok`]) writeFileSync(mark, '');
}

const notAssets: ReadonlySet<string> = new Set(['main.cjs', PACKAGES_FILE]);

/** Asset names with their files, in an order that does not depend on the file system. */
function assetsOf(bundle: string, name: string): Readonly<Record<string, string>> {
  const own = path.join(bundle, name);
  const folders = existsSync(own) ? [bundle, own] : [bundle];
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && !notAssets.has(entry.name))
      .map((entry): [string, string] => [entry.name, path.join(folder, entry.name)]),
  );
  return Object.fromEntries(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}
