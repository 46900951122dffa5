import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { krewManifest, readSums } from '../krew-manifest/fill.ts';
import { PACKAGES_FILE } from './build/packages.ts';
import { type Entry, tarGz, zip } from './package/archive.ts';
import { pinned } from './package/base-node.ts';
import { Complaint, complaintIn } from './package/complaint.ts';
import { componentsIn, thirdPartyLicenses } from './package/components.ts';
import { notesOf } from './package/notes.ts';
import { archiveName, PLATFORMS, type Platform } from './package/platforms.ts';
import { billOfMaterials } from './package/sbom.ts';

// node scripts/pack.ts ADDRESS [SECTION]: build/release, all files of a release, from the binaries in build/PLATFORM.
// ADDRESS is where the archives will lie, SECTION the one of CHANGELOG.md to take notes from, else the version's.

const root = path.join(import.meta.dirname, '..');
const build = path.join(root, 'build');

function pack(address: string, section: string | undefined): void {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const notes = notesOf(read('CHANGELOG.md'), section ?? version);
  const node = process.versions.node;
  for (const platform of Object.values(PLATFORMS)) {
    if (pinned(root, platform.node.package).version !== node)
      throw new Complaint(`Node ${node} is not the one in the binaries: use scripts/release`);
  }
  const components = componentsIn(root, JSON.parse(read(`build/bundle/${PACKAGES_FILE}`)) as string[]);
  const nodeLicense = read(`node_modules/node-${process.platform}-${process.arch}/LICENSE`);
  const texts = [
    textEntry('LICENSE', read('LICENSE')),
    textEntry(
      'THIRD_PARTY_LICENSES',
      thirdPartyLicenses({ version: node, licenseText: nodeLicense }, components),
    ),
  ];

  const target = path.join(build, 'release');
  const work = mkdtempSync(path.join(build, '.release-'));
  try {
    const files = new Map<string, string | Buffer>();
    for (const [name, platform] of Object.entries(PLATFORMS)) {
      files.set(archiveName(name, platform), archive(platform, [binaryEntry(name, platform), ...texts]));
    }
    const release = {
      version,
      nodeVersion: node,
      nodeParts: partsOfNode(),
      platforms: PLATFORMS,
      components,
    };
    files.set('gateway-doctor.cdx.json', billOfMaterials(release));
    const sums = [...files].map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`).join('');
    files.set('SHA256SUMS', sums);
    const template = read('krew-manifest/gateway-doctor.yaml.tmpl');
    files.set('gateway-doctor.yaml', krewManifest(template, version, { address, sums: readSums(sums) }));
    files.set('notes.md', notes);
    const folder = path.join(work, 'release');
    mkdirSync(folder);
    for (const [name, bytes] of files) writeFileSync(path.join(folder, name), bytes);
    rmSync(target, { recursive: true, force: true });
    renameSync(folder, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

function archive(platform: Platform, entries: readonly Entry[]): Buffer {
  return platform.archive === 'zip' ? zip(entries) : tarGz(entries);
}

function binaryEntry(name: string, { binary }: Platform): Entry {
  const file = path.join(build, name, binary);
  if (!existsSync(file)) throw new Complaint(`there is no binary for ${name} yet: run npm run package`);
  return { name: binary, bytes: readFileSync(file), isExecutable: true };
}

function textEntry(name: string, text: string): Entry {
  return { name, bytes: Buffer.from(text), isExecutable: false };
}

function sha256(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function partsOfNode(): Readonly<Record<string, string>> {
  const parts = Object.entries(process.versions).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(parts.sort(([a], [b]) => (a < b ? -1 : 1)));
}

try {
  const [address, section] = process.argv.slice(2);
  if (address === undefined) throw new Complaint('say where the archives will lie: scripts/pack.ts ADDRESS');
  pack(address, section);
} catch (error) {
  const complaint = complaintIn(error, build);
  if (complaint === undefined) throw error;
  console.error(`error: ${complaint.message}`);
  process.exitCode = 2;
}
