import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { archiveName, PLATFORMS } from '../../../scripts/package/platforms.ts';
import type { Manifest } from '../krew.ts';
import { binaryOf, inCluster, incident, must, release, run, temporaryFolder } from './proof.ts';

import.meta.jest.setTimeout(120_000);

const manifest = load(readFileSync(path.join(release, 'gateway-doctor.yaml'), 'utf8')) as Manifest;
const folder = temporaryFolder();
const bin = path.join(folder, 'bin');

/** Unpacks an archive with the system's own tools. */
function unpack(archive: string, target: string): void {
  mkdirSync(target, { recursive: true });
  must(
    archive.endsWith('.zip')
      ? ['unzip', '-q', archive, '-d', target]
      : ['tar', '-xzf', archive, '-C', target],
  );
}

describe.each(Object.entries(PLATFORMS))('the archive for %s', (name, platform) => {
  const archive = path.join(release, archiveName(name, platform));
  const entry = manifest.spec.platforms.find(({ uri }) => uri.endsWith(`/${archiveName(name, platform)}`));
  const unpacked = path.join(folder, name);
  beforeAll(() => unpack(archive, unpacked));

  test('is the one of the manifest and the checksums, and under 45 MB', () => {
    const sum = createHash('sha256').update(readFileSync(archive)).digest('hex');
    expect(entry?.sha256).toBe(sum);
    expect(readFileSync(path.join(release, 'SHA256SUMS'), 'utf8')).toContain(
      `${sum}  ${path.basename(archive)}\n`,
    );
    expect(statSync(archive).size).toBeLessThan(45_000_000);
  });

  test('holds the binary and all licences', () => {
    expect(readdirSync(unpacked).sort()).toEqual(['LICENSE', 'THIRD_PARTY_LICENSES', platform.binary].sort());
    expect(readFileSync(path.join(unpacked, platform.binary)).equals(readFileSync(binaryOf(name)))).toBe(
      true,
    );
    expect(statSync(path.join(unpacked, platform.binary)).mode & 0o777).toBe(0o755);
    const licenses = readFileSync(path.join(unpacked, 'THIRD_PARTY_LICENSES'), 'utf8');
    expect(licenses).toMatch(/^Node\.js 22\..*OpenSSL.*@kubernetes\/client-node.*Apache License/ms);
  });
});

describe('installed as krew does', () => {
  const entry = manifest.spec.platforms.find(({ selector }) => {
    const { os, arch } = selector.matchLabels;
    return os === 'linux' && arch === 'amd64';
  });
  const environment = { PATH: `${bin}:${process.env['PATH']}` };
  const kubectl = [...inCluster, 'kubectl'];
  const plugin = (...line: readonly string[]) => run([...kubectl, 'gateway-doctor', ...line], environment);

  beforeAll(() => {
    // krew unpacks the archive, copies `files` into a folder of the version, and links `bin` under the plugin's name.
    const store = path.join(folder, 'store', manifest.metadata.name, manifest.spec.version);
    const unpacked = path.join(folder, 'unpacked');
    mkdirSync(bin);
    mkdirSync(store, { recursive: true });
    unpack(path.join(release, path.basename(entry?.uri ?? '')), unpacked);
    for (const { from, to } of entry?.files ?? []) {
      copyFileSync(path.join(unpacked, from), path.join(store, to, path.basename(from)));
    }
    symlinkSync(path.join(store, entry?.bin ?? ''), path.join(bin, 'kubectl-gateway_doctor'));
  });

  test('kubectl lists and starts it', () => {
    expect(must([...kubectl, 'plugin', 'list'], environment)).toContain(
      path.join(bin, 'kubectl-gateway_doctor'),
    );
    const answer = plugin('version');
    expect(answer).toEqual({ status: 0, stdout: `gateway-doctor ${manifest.spec.version}\n`, stderr: '' });
  });

  test('it diagnoses through kubectl, with the exit code of its own', () => {
    expect(plugin('shop/web', '--from', incident)).toEqual(
      run([binaryOf('linux-x64'), 'shop/web', '--from', incident]),
    );
    const live = plugin('-A');
    expect(live).toMatchObject({ status: 1, stderr: '' });
    expect(live.stdout).toContain('proof');
  });

  test('kubectl completes it, names of Ingresses included', () => {
    const shim = path.join(bin, 'kubectl_complete-gateway_doctor');
    writeFileSync(shim, plugin('completion', 'kubectl').stdout, { mode: 0o755 });
    const complete = (...line: readonly string[]) =>
      must([...kubectl, '__complete', 'gateway-doctor', ...line], environment);
    expect(complete('expl')).toMatch(/^explain\t/);
    expect(complete('-n', 'default', 'pro')).toMatch(/^proof\n/m);
    expect(complete('--status', '')).toMatch(/^503\n/m);
  });
});
