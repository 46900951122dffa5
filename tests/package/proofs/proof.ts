import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

// What scripts/prove has made ready: the binaries in build/PLATFORM, the files of a release in build/release, a test bed
// (scripts/cluster) with the objects of cluster.yaml, and this.

function given(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: scripts/prove runs these tests`);
  return value;
}

/** A folder that holds the smallest Debian. */
export const minimalSystem = given('GATEWAY_DOCTOR_MINIMAL_SYSTEM');

export const root = path.join(import.meta.dirname, '../../..');
/** Before a command line: runs it where the test bed's API server can be reached. */
export const inCluster: readonly string[] = [path.join(root, 'scripts/cluster'), 'exec'];
/** A kubeconfig for that: a user with all rights, by a token. */
export const kubeconfig = must([...inCluster, 'printenv', 'KUBECONFIG']).trim();
export const release = path.join(root, 'build/release');
export const incident = path.join(root, 'examples/incident.yaml');

export function binaryOf(platform: string): string {
  const suffix = platform.startsWith('windows') ? '.exe' : '';
  return path.join(root, 'build', platform, `kubectl-gateway_doctor${suffix}`);
}

/** The command line that starts the binary for linux-arm64 in an emulator. */
export const emulated: readonly string[] = [
  'qemu-aarch64-static',
  ...['-L', '/usr/aarch64-linux-gnu'],
  binaryOf('linux-arm64'),
];

/** The command line of the bundle, which the binaries have to agree with, on this project's Node. */
export const bundled: readonly string[] = [process.execPath, path.join(root, 'build/bundle/main.cjs')];

export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line with these environment variables, PATH and HOME, and no others. */
export function run(line: readonly string[], variables: Readonly<Record<string, string>> = {}): Answer {
  const [command = '', ...rest] = line;
  const env = { PATH: process.env['PATH'], HOME: os.homedir(), ...variables };
  const options = { encoding: 'utf8', env, cwd: root, maxBuffer: 2 ** 26 } as const;
  const { status, stdout, stderr, error }: SpawnSyncReturns<string> = spawnSync(command, rest, options);
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}

/** The same for what has to succeed; answers its standard output. */
export function must(line: readonly string[], variables: Readonly<Record<string, string>> = {}): string {
  const { status, stdout, stderr } = run(line, variables);
  if (status !== 0) throw new Error(`${line.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}

/** A new folder that is gone after the tests of a file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gateway-doctor-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
