import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { krewManifest, readSums } from '../../krew-manifest/fill.ts';
import { archiveName, PLATFORMS } from '../../scripts/package/platforms.ts';
import type { Manifest } from './krew.ts';

// krew's own rules: https://krew.sigs.k8s.io/docs/developer-guide/plugin-manifest/

const template = readFileSync('krew-manifest/gateway-doctor.yaml.tmpl', 'utf8');
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const sums = new Map(
  Object.entries(PLATFORMS).map(([name, platform], index): [string, string] => [
    archiveName(name, platform),
    String(index).repeat(64),
  ]),
);
const address = 'https://downloads.example.com';

test('plugin.yaml is the manifest of the version in development', () => {
  expect(readFileSync('plugin.yaml', 'utf8')).toBe(krewManifest(template, version));
});

test('checksums are read as sha256sum writes them', () => {
  const text = [...sums].map(([file, sum]) => `${sum}  ${file}\n`).join('');
  expect(readSums(text)).toEqual(sums);
});

test('an archive without a checksum is missed', () => {
  const short = new Map([...sums].slice(1));
  expect(() => krewManifest(template, version, { address, sums: short })).toThrow('linux-x64');
});

describe.each([
  ['in development', krewManifest(template, version)],
  ['of a release', krewManifest(template, version, { address, sums })],
])('the manifest %s', (state, text) => {
  const manifest = load(text) as Manifest;
  const { platforms } = manifest.spec;

  test('has nothing left to fill in', () => {
    expect(text).not.toContain('{{');
  });

  test('is a plugin of a name and a version that krew takes', () => {
    expect(manifest.apiVersion).toBe('krew.googlecontainertools.github.com/v1alpha2');
    expect(manifest.kind).toBe('Plugin');
    expect(manifest.metadata.name).toBe('gateway-doctor');
    expect(manifest.metadata.name).toMatch(/^[\w-]+$/);
    expect(manifest.spec.version).toMatch(/^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?$/);
    expect(manifest.spec.version).toBe(`v${version}`);
    expect(manifest.spec.shortDescription.length).toBeGreaterThan(0);
    expect(manifest.spec.shortDescription.length).toBeLessThanOrEqual(50);
  });

  test('has one entry for each system and processor, and no other', () => {
    const labels = platforms.map(({ selector }) => selector.matchLabels);
    for (const label of labels) expect(Object.keys(label).sort()).toEqual(['arch', 'os']);
    const selected = labels.map((label) => `${label['os']}/${label['arch']}`);
    expect(selected.sort()).toEqual([
      'darwin/amd64',
      'darwin/arm64',
      'linux/amd64',
      'linux/arm64',
      'windows/amd64',
    ]);
  });

  test.each(Object.entries(PLATFORMS))('installs the archive for %s', (name, platform) => {
    const entry = platforms.find(
      ({ selector: { matchLabels } }) =>
        matchLabels['os'] === platform.krew.os && matchLabels['arch'] === platform.krew.arch,
    );
    expect(entry?.uri).toMatch(/^https:\/\//);
    expect(entry?.uri.endsWith(`/v${version}/${archiveName(name, platform)}`)).toBe(true);
    expect(entry?.sha256).toMatch(/^[0-9a-f]{64}$/);
    if (state === 'of a release') expect(entry?.sha256).toBe(sums.get(archiveName(name, platform)));
    expect(entry?.bin).toBe(platform.binary);
    expect(entry?.files).toEqual(
      [platform.binary, 'LICENSE', 'THIRD_PARTY_LICENSES'].map((from) => ({ from, to: '.' })),
    );
  });
});
