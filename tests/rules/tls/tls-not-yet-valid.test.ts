import { overlay, rootsOf, rulesOf } from '../check.ts';
import { ingress, tlsFor, tlsSecret } from '../ingresses.ts';

const TLS = ingress({ spec: tlsFor('shop.example.com') });

test('is refused by clients', async () => {
  const diagnosis = await overlay(TLS + tlsSecret({ notBefore: '2026-03-02T12:00:01Z' }));
  expect(rootsOf(diagnosis)).toEqual(['tls-not-yet-valid']);
});

test('is silent from the first moment on', async () => {
  expect(rulesOf(await overlay(TLS + tlsSecret({ notBefore: '2026-03-02T12:00:00Z' })))).toEqual([]);
});
