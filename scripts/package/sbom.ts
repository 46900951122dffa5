import { createHash } from 'node:crypto';
import type { Component } from './components.ts';
import type { Platform } from './platforms.ts';

/** What a release consists of. */
export interface Release {
  readonly version: string;
  readonly nodeVersion: string;
  /** What Node itself contains, with versions, as `process.versions` has it. */
  readonly nodeParts: Readonly<Record<string, string>>;
  readonly platforms: Readonly<Record<string, Platform>>;
  readonly components: readonly Component[];
}

/** Versions of interfaces, and Node itself, rather than of code that Node contains. */
const notParts: ReadonlySet<string> = new Set(['node', 'modules', 'napi', 'unicode', 'cldr', 'tz']);

/**
 * A CycloneDX 1.6 bill of materials (https://cyclonedx.org/docs/1.6/json/). It carries no time and no random number:
 * the same release has the same one.
 */
export function billOfMaterials({ version, nodeVersion, nodeParts, platforms, components }: Release): string {
  const application = `pkg:generic/gateway-doctor@${version}`;
  const node = `pkg:generic/node@${nodeVersion}`;
  const parts = Object.entries(nodeParts).filter(([name]) => !notParts.has(name));
  const packages = components.map(({ name, version: own, license, sha512 }) => ({
    type: 'library',
    'bom-ref': npmUrl(name, own),
    name,
    version: own,
    purl: npmUrl(name, own),
    licenses: [/ |\(/.test(license) ? { expression: license } : { license: { id: license } }],
    hashes: [{ alg: 'SHA-512', content: sha512 }],
  }));
  const bases = Object.entries(platforms).map(([name, platform]) => ({
    type: 'file',
    'bom-ref': `${npmUrl(platform.node.package, nodeVersion)}#${platform.node.file}`,
    name: `${platform.node.package}/${platform.node.file}`,
    version: nodeVersion,
    description: `the Node that the binary for ${name} is built on`,
    hashes: [{ alg: 'SHA-256', content: platform.sha256 }],
  }));
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': application,
        name: 'gateway-doctor',
        version,
        licenses: [{ license: { id: 'Apache-2.0' } }],
      },
    },
    components: [
      {
        type: 'platform',
        'bom-ref': node,
        name: 'node',
        version: nodeVersion,
        cpe: `cpe:2.3:a:nodejs:node.js:${nodeVersion}:*:*:*:*:*:*:*`,
        purl: node,
        components: [...bases, ...parts.map(([name, own]) => nodePart(name, own))],
      },
      ...packages,
    ],
    dependencies: [{ ref: application, dependsOn: [node, ...packages.map(({ purl }) => purl)] }],
  };
  const text = JSON.stringify(bill, undefined, 2);
  return `${JSON.stringify({ ...bill, serialNumber: serialNumber(text) }, undefined, 2)}\n`;
}

function nodePart(name: string, version: string) {
  return { type: 'library', 'bom-ref': `node/${name}@${version}`, name, version };
}

function npmUrl(name: string, version: string): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/** A UUID (RFC 9562, version 8) made from the text. */
function serialNumber(text: string): string {
  const digits = createHash('sha256').update(text).digest('hex');
  const groups = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
  ];
  return `urn:uuid:${groups.join('-')}-${digits.slice(20, 32)}`;
}
