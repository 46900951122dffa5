import type { Metafile } from 'esbuild';

/** The file in the bundle's folder that lists them, for licences and the SBOM; no part of the binary. */
export const PACKAGES_FILE = 'packages.json';

/** The packages whose code is in a bundle, as folders such as `node_modules/yargs`, in alphabetical order. */
export function packagesIn(...bundles: readonly Metafile[]): readonly string[] {
  const files = bundles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs)
        .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
        .map(([file]) => file),
    ),
  );
  const folders = files.map(
    (file) => /node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0],
  );
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}
