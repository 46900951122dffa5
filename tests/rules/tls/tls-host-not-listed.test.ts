import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { ingress, tlsFor, tlsSecret } from '../ingresses.ts';

const UNLISTED = ingress({ spec: tlsFor('www.shop.example.com') });
const SECRET = tlsSecret({ names: ['www.shop.example.com'] });

test('hits HTTPS requests only', async () => {
  const diagnosis = await overlay(UNLISTED + SECRET);
  expect(rootsOf(diagnosis)).toEqual(['tls-host-not-listed']);
  expect(diagnosis.verdict).toBe('degraded');
  expect(diagnosis.routes[0]?.prediction.status).toBe(200);
});

test('is certain where HTTPS is asked for, and silent where HTTP is', async () => {
  const https = await overlay(UNLISTED + SECRET, { url: 'https://shop.example.com/' });
  expect(findingOf(https, 'tls-host-not-listed')).toMatchObject({ confidence: 'certain', partial: false });
  const http = await overlay(UNLISTED + SECRET, { url: 'http://shop.example.com/' });
  expect(rulesOf(http)).toEqual([]);
});

test.each([
  ['a loaded certificate covers the host', UNLISTED + tlsSecret()],
  ['a wildcard lists it', ingress({ spec: tlsFor('*.example.com') }) + tlsSecret()],
  ['an entry lists no host', ingress({ spec: tlsFor() }) + tlsSecret()],
  [
    'another Ingress lists it',
    UNLISTED + SECRET + ingress({ name: 'tls', host: 'a.test', spec: tlsFor('shop.example.com') }),
  ],
  [
    'plain HTTP is wanted',
    ingress({
      annotations: { 'nginx.ingress.kubernetes.io/ssl-redirect': 'false' },
      spec: tlsFor('www.shop.example.com'),
    }) + SECRET,
  ],
  ['there is no TLS at all', ingress()],
])('is silent where %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('tls-host-not-listed');
});

test('covers nothing by name on Contour', async () => {
  const diagnosis = await overlay(UNLISTED + tlsSecret(), { controller: 'contour' });
  expect(findingOf(diagnosis, 'tls-host-not-listed').symptom).toBe('tls-handshake-failure');
});

test('cannot tell without the Secret, whose certificate may cover the host', async () => {
  const diagnosis = await overlay(UNLISTED + SECRET, { forbidden: ['Secret'] });
  expect(rulesOf(diagnosis)).not.toContain('tls-host-not-listed');
  expect(diagnosis.verdict).toBe('unknown');
});
