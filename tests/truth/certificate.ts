import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate with its private key, both in PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** What a certificate says; days count from now. */
export interface CertificateOptions {
  readonly hosts: readonly string[];
  readonly fromDays?: number;
  readonly untilDays?: number;
}

const DAY = 86_400_000;
const ECDSA_SHA256 = sequence(objectId('1.2.840.10045.4.3.2'));

const authorityKeys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const AUTHORITY_NAME = commonName('gateway-doctor truth authority');

/** The authority that signs all certificates of a run. */
export const authority: Certificate = pemOf(
  signed(
    tbs({
      name: AUTHORITY_NAME,
      key: authorityKeys.publicKey,
      from: -30,
      until: 3650,
      extensions: [extension('2.5.29.19', sequence(der(0x01, Buffer.from([0xff]))))],
    }),
  ),
  authorityKeys.privateKey,
);

/** Makes a key and a certificate for it; valid from a day ago for three months unless told otherwise. */
export function makeCertificate({ hosts, fromDays = -1, untilDays = 90 }: CertificateOptions): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const names = hosts.map((host) => der(0x82, Buffer.from(host, 'latin1')));
  return pemOf(
    signed(
      tbs({
        name: commonName(hosts[0] ?? ''),
        key: publicKey,
        from: fromDays,
        until: untilDays,
        extensions: [extension('2.5.29.17', sequence(...names))],
      }),
    ),
    privateKey,
  );
}

interface Body {
  readonly name: Buffer;
  readonly key: KeyObject;
  readonly from: number;
  readonly until: number;
  readonly extensions: readonly Buffer[];
}

/** TBSCertificate, https://www.rfc-editor.org/rfc/rfc5280#section-4.1. */
function tbs({ name, key, from, until, extensions }: Body): Buffer {
  return sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_SHA256,
    AUTHORITY_NAME,
    sequence(time(from), time(until)),
    name,
    key.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
}

function signed(body: Buffer): Buffer {
  const signature = sign('sha256', body, authorityKeys.privateKey);
  return sequence(body, ECDSA_SHA256, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
}

function pemOf(certificate: Buffer, key: KeyObject): Certificate {
  const lines = certificate.toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(objectId(id), der(0x04, value));
}

function commonName(name: string): Buffer {
  return sequence(der(0x31, sequence(objectId('2.5.4.3'), der(0x0c, Buffer.from(name)))));
}

/** UTCTime until 2049, GeneralizedTime after it, as RFC 5280 demands. */
function time(days: number): Buffer {
  const text = `${new Date(Date.now() + days * DAY).toISOString().replace(/[-:T]|\..*/g, '')}Z`;
  return text < '2050' ? der(0x17, Buffer.from(text.slice(2))) : der(0x18, Buffer.from(text));
}

function objectId(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const bytes = rest.flatMap((part) => {
    const groups = [part & 0x7f];
    for (let left = part >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return der(0x06, Buffer.from([first * 40 + second, ...bytes]));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...bytes]), content]);
}
