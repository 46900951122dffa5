import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { document, ingress, tlsFor, tlsSecret } from '../ingresses.ts';

const TLS = ingress({ spec: tlsFor('shop.example.com') });

test('is the one root, whatever else is the matter with the certificate', async () => {
  const diagnosis = await overlay(TLS + tlsSecret({ keyMatches: false, names: ['other.example.com'] }));
  expect(rootsOf(diagnosis)).toEqual(['tls-key-mismatch']);
});

test('sees that the chain begins with the issuer', async () => {
  const dates = { notBefore: '2026-01-01T00:00:00Z', notAfter: '2026-06-01T00:00:00Z' };
  const secret = document({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'web-tls', namespace: 'shop' },
    keys: ['tls.crt', 'tls.key'],
    certificates: [
      { subject: 'CN=Example CA', issuer: 'CN=Root', names: [], ...dates },
      { subject: 'CN=shop', issuer: 'CN=Example CA', names: ['shop.example.com'], ...dates },
    ],
    keyMatches: false,
  });
  expect(findingOf(await overlay(TLS + secret), 'tls-key-mismatch').message).toContain('order');
});

test('is silent where it is not known', async () => {
  const unknown = tlsSecret().replace(',"keyMatches":true', '');
  expect(unknown).not.toContain('keyMatches');
  expect(rulesOf(await overlay(TLS + unknown))).toEqual([]);
});
