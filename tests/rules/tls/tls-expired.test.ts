import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { ingress, tlsFor, tlsSecret } from '../ingresses.ts';

const TLS = ingress({ spec: tlsFor('shop.example.com') });

test.each([undefined, 'contour', 'traefik'] as const)('is served as it is by %s', async (controller) => {
  const diagnosis = await overlay(
    TLS + tlsSecret({ notAfter: '2026-03-01T00:00:00Z' }),
    controller === undefined ? {} : { controller },
  );
  expect(rootsOf(diagnosis)).toEqual(['tls-expired']);
  expect(diagnosis.routes[0]?.prediction).toMatchObject({ status: 200, symptom: 'untrusted-certificate' });
});

test('is a remark in the last ten days', async () => {
  const diagnosis = await overlay(TLS + tlsSecret({ notAfter: '2026-03-11T00:00:00Z' }));
  expect(findingOf(diagnosis, 'tls-expired').severity).toBe('low');
  expect(diagnosis.verdict).toBe('healthy');
});

test('is silent before', async () => {
  const diagnosis = await overlay(TLS + tlsSecret({ notAfter: '2026-03-20T00:00:00Z' }));
  expect(rulesOf(diagnosis)).toEqual([]);
});
