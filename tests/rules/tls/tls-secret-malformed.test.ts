import { findingOf, overlay, rulesOf } from '../check.ts';
import { document, ingress, tlsFor, tlsSecret } from '../ingresses.ts';

const TLS = ingress({ spec: tlsFor('shop.example.com') });

function secret(parts: object): string {
  return document({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'web-tls', namespace: 'shop' },
    ...parts,
  });
}

test.each([
  ['tls.crt', secret({ data: { 'tls.key': 'eA==' } })],
  ['tls.crt', secret({ data: { 'tls.crt': 'bm90IGEgY2VydGlmaWNhdGU=', 'tls.key': 'eA==' } })],
  ['tls.key', secret({ keys: ['tls.crt'], certificates: [certificate()] })],
])('names %s', async (key, yaml) => {
  expect(findingOf(await overlay(TLS + yaml), 'tls-secret-malformed').message).toContain(key);
});

test('is silent on a Secret of another type with the right keys', async () => {
  const diagnosis = await overlay(TLS + tlsSecret({ type: 'Opaque' }));
  expect(diagnosis.verdict).toBe('healthy');
});

test('is silent where the values were hidden', async () => {
  const hidden = secret({ data: { 'tls.crt': '***HIDDEN***', 'tls.key': '***HIDDEN***' } });
  expect(rulesOf(await overlay(TLS + hidden))).toEqual([]);
});

function certificate() {
  return {
    subject: 'CN=a',
    issuer: 'CN=b',
    names: ['shop.example.com'],
    notBefore: '2026-01-01T00:00:00Z',
    notAfter: '2026-06-01T00:00:00Z',
  };
}
