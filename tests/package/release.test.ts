import { type Component, thirdPartyLicenses } from '../../scripts/package/components.ts';
import { notesOf } from '../../scripts/package/notes.ts';
import { PLATFORMS } from '../../scripts/package/platforms.ts';
import { billOfMaterials } from '../../scripts/package/sbom.ts';

const component: Component = {
  name: '@scope/part',
  version: '1.2.3',
  license: 'MIT',
  licenseText: 'Do as you like.',
  sha512: 'ab'.repeat(64),
};

describe('notes', () => {
  const changelog =
    '# Changelog\n\n## Unreleased\n\n## [1.1.0] - 2026-02-01\n\n- second\n\n## 1.0.0\n- first\n';

  test.each([
    ['1.1.0', '- second\n'],
    ['1.0.0', '- first\n'],
  ])('of %s are its section', (version, notes) => {
    expect(notesOf(changelog, version)).toBe(notes);
  });

  test.each(['Unreleased', '1.0', '2.0.0'])('of %s are missed', (version) => {
    expect(() => notesOf(changelog, version)).toThrow(`CHANGELOG.md has no notes of ${version}`);
  });
});

test('the licences name Node and each package with its text', () => {
  const text = thirdPartyLicenses({ version: '22.0.0', licenseText: 'Node text' }, [component]);
  expect(text).toMatch(/Node\.js 22\.0\.0.*Node text.*@scope\/part 1\.2\.3 \(MIT\).*Do as you like\./s);
});

describe('the bill of materials', () => {
  const release = {
    version: '1.0.0',
    nodeVersion: '22.0.0',
    nodeParts: { node: '22.0.0', openssl: '3.0.1', modules: '127' },
    platforms: PLATFORMS,
    components: [component],
  };

  test('lists the packages, Node for each platform, and what Node contains', () => {
    const bill: unknown = JSON.parse(billOfMaterials(release));
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
    const [node, part] = (bill as { components: { components?: { name: string }[]; purl: string }[] })
      .components;
    expect(part).toMatchObject({
      purl: 'pkg:npm/%40scope/part@1.2.3',
      hashes: [{ alg: 'SHA-512', content: component.sha512 }],
    });
    const names = node?.components?.map(({ name }) => name);
    expect(names).toHaveLength(Object.keys(PLATFORMS).length + 1);
    expect(names).toContain('openssl');
  });

  test('is the same for the same release, and another for another', () => {
    expect(billOfMaterials(release)).toBe(billOfMaterials(release));
    const serial = (text: string) => (JSON.parse(text) as { serialNumber: string }).serialNumber;
    const other = billOfMaterials({ ...release, version: '1.0.1' });
    expect(serial(other)).not.toBe(serial(billOfMaterials(release)));
    expect(serial(other)).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });
});
