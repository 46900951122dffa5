import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Entry, tarGz, zip } from '../../../scripts/package/archive.ts';

const entries: readonly Entry[] = [
  { name: 'kubectl-gateway_doctor', bytes: Buffer.alloc(100_001, 'abc'), isExecutable: true },
  { name: 'LICENSE', bytes: Buffer.from('text\n'), isExecutable: false },
  { name: 'empty', bytes: Buffer.alloc(0), isExecutable: false },
];

// Python's own modules read both forms on any machine.
const unpackers = {
  'tar.gz': 'import sys, tarfile; tarfile.open(sys.argv[1]).extractall(sys.argv[2])',
  zip: `import os, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
for info in archive.infolist():
    os.chmod(archive.extract(info, sys.argv[2]), info.external_attr >> 16 & 0o777)`,
};

test.each([
  ['tar.gz', tarGz],
  ['zip', zip],
] as const)('a %s archive unpacks to what went in, and is the same each time', (kind, pack) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'archive-'));
  try {
    const archive = path.join(folder, 'archive');
    const target = path.join(folder, 'target');
    const bytes = pack(entries);
    writeFileSync(archive, bytes);
    execFileSync('python3', ['-c', unpackers[kind], archive, target]);
    expect(readdirSync(target).sort()).toEqual(entries.map(({ name }) => name).sort());
    for (const { name, bytes: content, isExecutable } of entries) {
      expect(readFileSync(path.join(target, name)).equals(content)).toBe(true);
      expect(statSync(path.join(target, name)).mode & 0o777).toBe(isExecutable ? 0o755 : 0o644);
    }
    expect(pack(entries).equals(bytes)).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
