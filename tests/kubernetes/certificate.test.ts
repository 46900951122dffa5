import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { secretFacts } from '../../src/kubernetes/certificate.ts';

const folder = join(import.meta.dirname, '../fixtures/certificates');

function fixture(name: string): Buffer {
  return readFileSync(join(folder, name));
}

function tlsSecret(certificate: Buffer | string, key: Buffer | string = fixture('shop.key')): object {
  return {
    kind: 'Secret',
    type: 'kubernetes.io/tls',
    data: {
      'tls.crt': Buffer.from(certificate).toString('base64'),
      'tls.key': Buffer.from(key).toString('base64'),
    },
  };
}

describe('a TLS Secret that is right', () => {
  test('says what its certificates say, in file order', () => {
    const chain = Buffer.concat([fixture('shop.crt'), fixture('authority.crt')]);
    expect(secretFacts(tlsSecret(chain))).toEqual({
      keys: ['tls.crt', 'tls.key'],
      certificates: [
        {
          subject: 'CN=shop.example.com',
          issuer: 'CN=Test Authority, O=gateway-doctor tests',
          names: ['shop.example.com', '*.shop.example.com', '203.0.113.10', '2001:db8::1'],
          notBefore: '2020-01-01T00:00:00Z',
          notAfter: '2120-01-01T00:00:00Z',
        },
        {
          subject: 'CN=Test Authority, O=gateway-doctor tests',
          issuer: 'CN=Test Authority, O=gateway-doctor tests',
          names: ['test authority'],
          notBefore: '2020-01-01T00:00:00Z',
          notAfter: '2120-01-01T00:00:00Z',
        },
      ],
      keyMatches: true,
    });
  });

  test('may be written as stringData, with text before the PEM and Windows line ends', () => {
    const certificate = `Bag Attributes\n${fixture('shop.crt')}`.replaceAll('\n', '\r\n');
    const facts = secretFacts({
      stringData: { 'tls.crt': certificate, 'tls.key': String(fixture('shop.key')) },
    });
    expect(facts).toMatchObject({ certificates: [{ subject: 'CN=shop.example.com' }], keyMatches: true });
    expect(facts.certificateProblem).toBeUndefined();
  });

  test('may have a key after its EC parameters', () => {
    const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n';
    const key = Buffer.concat([Buffer.from(parameters), fixture('shop.key')]);
    expect(secretFacts(tlsSecret(fixture('shop.crt'), key)).keyMatches).toBe(true);
  });
});

describe('names of a certificate', () => {
  test('are the common name where there is no alternative name', () => {
    expect(namesOf('common-name.crt')).toEqual(['legacy.example.com']);
  });

  test('are not taken out of a value that only looks like a name', () => {
    expect(namesOf('tricky.crt')).toEqual(['evil.example.net']);
  });
});

function namesOf(name: string): readonly string[] | undefined {
  return secretFacts(tlsSecret(fixture(name))).certificates?.[0]?.names;
}

test('an expired certificate is read like any other', () => {
  expect(secretFacts(tlsSecret(fixture('expired.crt'))).certificates?.[0]?.notAfter).toBe(
    '2021-01-01T00:00:00Z',
  );
});

describe('a key', () => {
  test('of another certificate does not match', () => {
    const facts = secretFacts(tlsSecret(fixture('shop.crt'), fixture('rsa.key')));
    expect(facts).toMatchObject({ keyMatches: false });
    expect(facts.keyProblem).toBeUndefined();
  });

  test('of the leaf does not match when the authority comes first', () => {
    const chain = Buffer.concat([fixture('authority.crt'), fixture('shop.crt')]);
    expect(secretFacts(tlsSecret(chain)).keyMatches).toBe(false);
  });

  test.each<[string, Buffer | string, RegExp]>([
    ['encrypted', fixture('encrypted.key'), /encrypted/],
    ['a certificate', fixture('shop.crt'), /type CERTIFICATE/],
    ['cut off', String(fixture('shop.key')).slice(0, 80), /broken PEM/],
    ['garbled', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n', /cannot be parsed/],
    ['base64 twice', fixture('shop.key').toString('base64'), /twice/],
    ['empty', '', /empty/],
  ])('that is %s is a problem, and nothing is said of a match', (_, key, problem) => {
    const facts = secretFacts(tlsSecret(fixture('shop.crt'), key));
    expect(facts.keyProblem).toMatch(problem);
    expect(facts).not.toHaveProperty('keyMatches');
    expect(facts.certificates).toHaveLength(1);
  });
});

describe('a certificate', () => {
  test.each<[string, Buffer | string, RegExp]>([
    ['empty', '', /empty/],
    ['DER', fixture('shop.der'), /DER/],
    ['base64 twice', fixture('shop.crt').toString('base64'), /twice/],
    ['DER in base64 twice', fixture('shop.der').toString('base64'), /twice/],
    ['plain text', 'hello', /not PEM/],
    ['two bytes of DER', Buffer.from([0x30, 0x82]), /not PEM/],
    ['a private key', fixture('shop.key'), /type PRIVATE KEY/],
    ['cut off', String(fixture('shop.crt')).slice(0, 200), /broken PEM/],
    ['PEM without line breaks', String(fixture('shop.crt')).replaceAll('\n', ' '), /broken PEM/],
    ['garbled', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', /number 1/],
    [
      'garbled in second place',
      `${fixture('shop.crt')}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`,
      /number 2/,
    ],
  ])('that is %s is a problem', (_, certificate, problem) => {
    const facts = secretFacts(tlsSecret(certificate));
    expect(facts.certificateProblem).toMatch(problem);
    expect(facts).not.toHaveProperty('certificates');
    expect(facts).not.toHaveProperty('keyMatches');
    expect(facts.keyProblem).toBeUndefined();
  });

  test('that is missing is a problem', () => {
    const facts = secretFacts({ data: { other: 'eA==' } });
    expect(facts).toEqual({
      keys: ['other'],
      certificateProblem: '`tls.crt` is missing',
      keyProblem: '`tls.key` is missing',
    });
  });

  test('that is no base64 is a problem', () => {
    const facts = secretFacts({ data: { 'tls.crt': String(fixture('shop.crt')), 'tls.key': 'a===' } });
    expect(facts.certificateProblem).toMatch(/base64/);
    expect(facts.keyProblem).toMatch(/base64/);
  });

  test.each(['***HIDDEN***', '<redacted>', 'REDACTED', '***'])(
    'hidden as %s is neither right nor wrong',
    (value) => {
      expect(secretFacts({ data: { 'tls.crt': value, 'tls.key': value } })).toEqual({
        keys: ['tls.crt', 'tls.key'],
      });
    },
  );
});

test('keys without a value are not named', () => {
  expect(secretFacts({ data: { 'tls.crt': '', other: null, real: 'eA==' } }).keys).toEqual(['real']);
});

test('any input gives an answer', () => {
  const value = fc.oneof(fc.anything(), fc.base64String(), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(fc.record({ 'tls.crt': value, 'tls.key': value }), fc.anything(), (data, other) => {
      expect(secretFacts({ data })).toHaveProperty('keys');
      expect(secretFacts(other)).toHaveProperty('keys');
    }),
  );
});

test('a megabyte of BEGIN lines is read in no time', () => {
  const lines = '-----BEGIN CERTIFICATE-----\n'.repeat(40_000);
  const start = performance.now();
  expect(secretFacts(tlsSecret(lines)).certificateProblem).toMatch(/broken PEM/);
  expect(performance.now() - start).toBeLessThan(2000);
});
