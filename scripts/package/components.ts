import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Complaint } from './complaint.ts';

/** A package whose code is in the binary. */
export interface Component {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly license: string;
  readonly licenseText: string;
  /** SHA-512 of the package's tarball, in lower-case hexadecimal digits. */
  readonly sha512: string;
}

/**
 * The packages in folders such as `node_modules/yargs`, as installed. Throws a Complaint for one without a licence,
 * or that package-lock.json does not pin.
 */
export function componentsIn(root: string, folders: readonly string[]): readonly Component[] {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly integrity?: string }>>;
  };
  return folders.map((folder) => {
    const manifest = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')) as {
      readonly name: string;
      readonly version: string;
      readonly license?: string;
    };
    const { name, version, license } = manifest;
    const [, digest] = /^sha512-(.+)$/.exec(lock.packages[folder]?.integrity ?? '') ?? [];
    if (license === undefined) throw new Complaint(`${folder} does not say under which licence it is`);
    if (digest === undefined) throw new Complaint(`package-lock.json does not pin ${folder} by SHA-512`);
    const licenseText = licenseIn(path.join(root, folder));
    return { name, version, license, licenseText, sha512: Buffer.from(digest, 'base64').toString('hex') };
  });
}

/** The licence text in a package's folder. */
function licenseIn(folder: string): string {
  const file = readdirSync(folder).find((name) => /^licen[cs]e(\.md|\.txt)?$/i.test(name));
  if (file === undefined) throw new Complaint(`${folder} has no licence text`);
  return readFileSync(path.join(folder, file), 'utf8').trim();
}

/** THIRD_PARTY_LICENSES: the licences of all that is in the binary besides gateway-doctor, Node's first. */
export function thirdPartyLicenses(
  node: { readonly version: string; readonly licenseText: string },
  components: readonly Component[],
): string {
  const parts = [
    { title: `Node.js ${node.version}, with what it contains`, licenseText: node.licenseText },
    ...components.map(({ name, version, license, licenseText }) => ({
      title: `${name} ${version} (${license})`,
      licenseText,
    })),
  ];
  const line = '='.repeat(80);
  const texts = parts.map(
    ({ title, licenseText }) => `${line}\n${title}\n${line}\n\n${licenseText.trim()}\n`,
  );
  return `The binary contains, besides gateway-doctor (see LICENSE):\n\n${texts.join('\n')}`;
}
