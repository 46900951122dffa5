import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { isRecord, type JsonRecord } from './record.ts';
import type { CertificateFacts, SecretFacts } from './types.ts';

/** What may be told of a Secret; the rest of it is forgotten. */
type SecretContents = Pick<
  SecretFacts,
  'keys' | 'certificates' | 'certificateProblem' | 'keyProblem' | 'keyMatches'
>;

/** A key's bytes, or why they could not be had; neither where a collector has hidden the value. */
interface Content {
  readonly bytes?: Buffer;
  readonly problem?: string;
}

/**
 * Reads the certificates out of a v1 Secret, and nothing else. Never throws.
 * Where a collector has replaced a value by a marker (`***HIDDEN***`), nothing is said about it:
 * neither certificates nor a problem.
 */
export function secretFacts(raw: unknown): SecretContents {
  const secret = isRecord(raw) ? raw : {};
  const contents = readContents(secret);
  const keys = [...contents].filter(([, { problem }]) => problem !== EMPTY).map(([key]) => key);
  const chain = readCertificates(contents.get('tls.crt') ?? { problem: MISSING });
  const key = readKey(contents.get('tls.key') ?? { problem: MISSING });
  const [leaf] = chain.certificates ?? [];
  return {
    keys,
    ...(chain.certificates && { certificates: chain.certificates.map(certificateFacts) }),
    ...(chain.problem !== undefined && { certificateProblem: `\`tls.crt\` ${chain.problem}` }),
    ...(key.problem !== undefined && { keyProblem: `\`tls.key\` ${key.problem}` }),
    ...(leaf && key.key && { keyMatches: leaf.checkPrivateKey(key.key) }),
  };
}

const MISSING = 'is missing';
const EMPTY = 'is empty';

/** As kubectl describe, troubleshoot.sh (`***HIDDEN***`) and common dump scripts hide values. */
const HIDDEN = /^(?:\*{3,}(?:hidden\*+)?|[<[]?(?:redacted|hidden|masked|removed)[>\]]?)$/i;

/** The API server merges `stringData` over `data`. */
function readContents(secret: JsonRecord): ReadonlyMap<string, Content> {
  const contents = new Map<string, Content>();
  for (const [key, value] of entries(secret['data'])) contents.set(key, decode(value));
  for (const [key, value] of entries(secret['stringData'])) {
    contents.set(key, typeof value === 'string' ? fromBytes(Buffer.from(value)) : { problem: 'is not text' });
  }
  return contents;
}

function entries(value: unknown): readonly [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}

function decode(value: unknown): Content {
  if (value === null || value === '') return { problem: EMPTY };
  if (typeof value !== 'string') return { problem: 'is not text' };
  if (HIDDEN.test(value.trim())) return {};
  const bytes = decodeBase64(value);
  return bytes ? fromBytes(bytes) : { problem: 'is not valid base64' };
}

function fromBytes(bytes: Buffer): Content {
  return bytes.length === 0 ? { problem: EMPTY } : { bytes };
}

/** Padded standard base64 with line breaks, which is all that the API server takes. */
function decodeBase64(text: string): Buffer | undefined {
  const packed = text.replaceAll(/[\r\n]/g, '');
  const isBase64 = packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed);
  return isBase64 ? Buffer.from(packed, 'base64') : undefined;
}

interface Chain {
  readonly certificates?: readonly X509Certificate[];
  readonly problem?: string;
}

function readCertificates({ bytes, problem }: Content): Chain {
  if (!bytes) return problem === undefined ? {} : { problem };
  const blocks = pemBlocks(bytes.toString('latin1'));
  // Go's crypto/tls, and so every controller in Go, skips blocks of other types.
  const pems = blocks.filter(({ type }) => type === 'CERTIFICATE');
  if (pems.length === 0) return { problem: whyNotPem(bytes, blocks, 'a certificate') };
  const certificates = pems.map(({ text }) => parseCertificate(text));
  const broken = certificates.indexOf(undefined);
  if (broken >= 0) return { problem: `holds a certificate that cannot be parsed (number ${broken + 1})` };
  return { certificates: certificates.filter((certificate) => certificate !== undefined) };
}

function readKey({ bytes, problem }: Content): { readonly key?: KeyObject; readonly problem?: string } {
  if (!bytes) return problem === undefined ? {} : { problem };
  const blocks = pemBlocks(bytes.toString('latin1'));
  const block = blocks.find(({ type }) => type.endsWith('PRIVATE KEY'));
  if (!block) return { problem: whyNotPem(bytes, blocks, 'a private key') };
  if (block.type === 'ENCRYPTED PRIVATE KEY' || block.text.includes('\nProc-Type: 4,ENCRYPTED')) {
    return { problem: 'is encrypted with a passphrase' };
  }
  try {
    return { key: createPrivateKey(block.text) };
  } catch {
    return { problem: 'holds a private key that cannot be parsed' };
  }
}

function whyNotPem(bytes: Buffer, blocks: readonly PemBlock[], wanted: string): string {
  const [other] = blocks;
  if (other) return `holds a PEM block of type ${other.type} but not ${wanted}`;
  const again = decodeBase64(bytes.toString('latin1').trim());
  if (again && (again.includes('-----BEGIN ') || isDer(again))) return 'is base64-encoded twice';
  if (isDer(bytes)) return 'is DER, not PEM';
  if (bytes.includes('-----BEGIN ')) return 'is broken PEM: its BEGIN and END lines do not pair up';
  return 'is not PEM';
}

/** Starts with an ASN.1 SEQUENCE whose length takes two bytes, as every certificate and RSA key does. */
function isDer(bytes: Buffer): boolean {
  return (
    bytes.length > 4 && bytes[0] === 0x30 && bytes[1] === 0x82 && bytes.readUInt16BE(2) + 4 <= bytes.length
  );
}

interface PemBlock {
  readonly type: string;
  readonly text: string;
}

/** PEM blocks in file order, in time linear in the text. */
function pemBlocks(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  let open: { readonly type: string; readonly lines: string[] } | undefined;
  for (const line of text.split('\n')) {
    const [, edge, type = ''] = /^-----(BEGIN|END) ([A-Z0-9 ]+)-----\s*$/.exec(line) ?? [];
    if (edge === 'BEGIN') open = { type, lines: [] };
    open?.lines.push(line);
    if (edge !== 'END') continue;
    if (open?.type === type) blocks.push({ type, text: open.lines.join('\n') });
    open = undefined;
  }
  return blocks;
}

function parseCertificate(pem: string): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(pem);
    return Number.isNaN(Date.parse(certificate.validTo)) ? undefined : certificate;
  } catch {
    return undefined;
  }
}

function certificateFacts(certificate: X509Certificate): CertificateFacts {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: names(certificate),
    notBefore: rfc3339(certificate.validFrom),
    notAfter: rfc3339(certificate.validTo),
  };
}

/** Node prints one attribute per line; absent when the name is empty. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ');
}

function rfc3339(date: string): string {
  return new Date(date).toISOString().replace('.000Z', 'Z');
}

function names(certificate: X509Certificate): string[] {
  // Node quotes a value that holds what could be taken for a separator (CVE-2021-44532).
  const alternatives = [
    ...(certificate.subjectAltName ?? '').matchAll(/(?:^|, )([^:,"]+):("(?:[^"\\]|\\.)*"|[^,]*)/g),
  ];
  const found = alternatives.flatMap(([, type, value = '']) => {
    if (type === 'DNS') return [unquote(value).toLowerCase()];
    return type === 'IP Address' ? [canonicalIp(value)] : [];
  });
  if (found.length > 0) return found;
  const commonName = /^(?:.*\+)?CN=([^\n+]+)$/m.exec(certificate.subject ?? '')?.[1];
  return commonName === undefined ? [] : [commonName.toLowerCase()];
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return value;
  }
}

/** Node prints IPv6 in full (`2001:DB8:0:0:0:0:0:1`); Kubernetes compresses it, as URLs do. */
function canonicalIp(ip: string): string {
  const address = ip.trim().toLowerCase();
  if (!address.includes(':')) return address;
  const url = URL.parse(`http://[${address}]/`);
  return url ? url.hostname.slice(1, -1) : address;
}
