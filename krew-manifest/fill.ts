import { readFileSync } from 'node:fs';
import path from 'node:path';

// node krew-manifest/fill.ts [DOWNLOADS SHA256SUMS]: prints the manifest of the version in package.json, for archives
// that lie under an address and have the sums of a file as sha256sum writes it. Without them it prints plugin.yaml.

/** What is in the place of an address and of sums until there is a release. */
const unreleased = { downloads: 'https://gateway-doctor.invalid', sum: '0'.repeat(64) };
const preface = `# krew manifest of the version in development: \`node krew-manifest/fill.ts > plugin.yaml\`.
# Address and checksums are a release's; scripts/release makes its manifest.
`;

/** The address that a release's archives lie under, and their SHA-256 sums by file name. */
export interface Downloads {
  readonly address: string;
  readonly sums: ReadonlyMap<string, string>;
}

/** The krew manifest of a version; without downloads the one of a version in development. */
export function krewManifest(template: string, version: string, downloads?: Downloads): string {
  const filled = template
    .replaceAll('{{VERSION}}', version)
    .replaceAll('{{DOWNLOADS}}', downloads?.address ?? unreleased.downloads)
    .replaceAll(/\{\{SHA256_([A-Z0-9_]+)\}\}/g, (_, word: string) =>
      downloads === undefined
        ? unreleased.sum
        : sumOf(downloads.sums, word.toLowerCase().replaceAll('_', '-')),
    );
  return downloads === undefined ? preface + filled : filled;
}

function sumOf(sums: ReadonlyMap<string, string>, platform: string): string {
  const found = [...sums].find(([file]) => file.startsWith(`kubectl-gateway_doctor-${platform}.`));
  if (found === undefined) throw new Error(`there is no sum of the archive for ${platform}`);
  return found[1];
}

/** The lines of a file as sha256sum writes it: sums by file name. */
export function readSums(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/^([0-9a-f]{64}) [ *](.+)$/gm)].map(([, sum = '', file = '']): [string, string] => [
      file,
      sum,
    ]),
  );
}

if (import.meta.main) {
  const root = path.join(import.meta.dirname, '..');
  const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const [, , address, sumsFile] = process.argv;
  const downloads =
    address === undefined || sumsFile === undefined
      ? undefined
      : { address, sums: readSums(readFileSync(sumsFile, 'utf8')) };
  process.stdout.write(krewManifest(read('krew-manifest/gateway-doctor.yaml.tmpl'), version, downloads));
}
