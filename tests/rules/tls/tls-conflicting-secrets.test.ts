import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { ingress, tlsFor, tlsSecret } from '../ingresses.ts';

const OWN = ingress({ spec: tlsFor('shop.example.com') });

function other(
  parts: { readonly created?: string; readonly secretName?: string; readonly className?: string } = {},
) {
  const { created = '2025-01-01T00:00:00Z', secretName = 'old-tls', className = 'nginx' } = parts;
  const spec = { tls: [{ hosts: ['shop.example.com'], secretName }] };
  return ingress({ name: 'old', path: '/old', created, className, spec });
}

test('the older certificate is served, expired or not', async () => {
  const expired = tlsSecret({ name: 'old-tls', notAfter: '2026-01-31T00:00:00Z' });
  const diagnosis = await overlay(OWN + tlsSecret() + other() + expired);
  expect(rootsOf(diagnosis)).toEqual(['tls-conflicting-secrets']);
  expect(findingOf(diagnosis, 'tls-conflicting-secrets').object.name).toBe('old-tls');
});

test('a missing Secret of the older Ingress hides the good one', async () => {
  const diagnosis = await overlay(OWN + tlsSecret() + other());
  expect(rootsOf(diagnosis)).toEqual(['tls-conflicting-secrets']);
});

test('a good older certificate is a remark, and makes up for the own one', async () => {
  const expired = tlsSecret({ notAfter: '2026-01-31T00:00:00Z' });
  const diagnosis = await overlay(OWN + expired + other() + tlsSecret({ name: 'old-tls' }));
  expect(findingOf(diagnosis, 'tls-conflicting-secrets').severity).toBe('info');
  expect(rootsOf(diagnosis)).toEqual([]);
});

test.each([
  ['the other Ingress is younger', other({ created: '2026-02-20T00:00:00Z' })],
  ['both name one Secret', other({ secretName: 'web-tls' })],
  [
    'the other one is a canary',
    other().replace('"annotations":{}', '"annotations":{"nginx.ingress.kubernetes.io/canary":"true"}'),
  ],
  ['the other one is of another class', other({ className: 'internal' })],
])('is silent where %s', async (_, yaml) => {
  expect(rulesOf(await overlay(OWN + tlsSecret() + yaml))).toEqual([]);
});
