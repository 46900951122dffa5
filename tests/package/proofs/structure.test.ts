import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { binaryOf, must, root, run, temporaryFolder } from './proof.ts';

import.meta.jest.setTimeout(120_000);

const readers = path.join(root, 'tests/package/readers');
const folder = temporaryFolder();

describe.each([
  ['darwin-x64', 'x64'],
  ['darwin-arm64', 'arm64'],
])('the binary for %s', (platform, cpu) => {
  test('is a well-formed executable whose signature covers every page', () => {
    const found: unknown = JSON.parse(must(['python3', path.join(readers, 'macho.py'), binaryOf(platform)]));
    expect(found).toMatchObject({
      cpu,
      minimumSystem: '11.0',
      identifier: 'kubectl-gateway_doctor',
      isAdHoc: true,
      wrongHashes: 0,
    });
    expect(found).toHaveProperty('pages', expect.any(Number));
    expect((found as { blobBytes: number }).blobBytes).toBeGreaterThan(500_000);
  });

  test('does not pass the reader with one bit changed', () => {
    const bytes = readFileSync(binaryOf(platform));
    const middle = Math.floor(bytes.length / 2);
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
    const changed = path.join(folder, platform);
    writeFileSync(changed, bytes);
    const found: unknown = JSON.parse(must(['python3', path.join(readers, 'macho.py'), changed]));
    expect(found).toMatchObject({ wrongHashes: 1 });
  });
});

test('the binary for windows-x64 is a well-formed executable without a signature', () => {
  const found: unknown = JSON.parse(must(['python3', path.join(readers, 'pe.py'), binaryOf('windows-x64')]));
  expect(found).toMatchObject({
    machine: 'x64',
    isExecutable: true,
    isConsole: true,
    signature: [0, 0],
    checksumIsRight: true,
    bytesAfterSections: 0,
  });
  expect((found as { blobBytes: number }).blobBytes).toBeGreaterThan(500_000);
});

test.each(['linux-x64', 'linux-arm64'])('readelf finds nothing wrong with the binary for %s', (platform) => {
  const { status, stdout, stderr } = run(['readelf', '--wide', '--headers', '--dynamic', binaryOf(platform)]);
  expect({ status, stderr: stderr.trim() }).toEqual({ status: 0, stderr: '' });
  expect(stdout).not.toMatch(/\.symtab|\.debug_info/);
  const libraries = [...stdout.matchAll(/\(NEEDED\).*\[(.+)\]/g)].map(([, library]) => library);
  expect(libraries).not.toContain('libatomic.so.1');
  expect(libraries).toContain('libc.so.6');
});
