import { findingOf, overlay, rulesOf } from '../check.ts';
import { ingress, tlsFor, tlsSecret } from '../ingresses.ts';
import { traefikDeployment } from '../traefik-parts.ts';

const NAME = 'tls-traefik-router-not-tls';
const TRAEFIK = { controller: 'traefik' } as const;

function withTls(annotations: Readonly<Record<string, string>> = {}, ...args: readonly string[]): string {
  return (
    traefikDeployment(...args) + tlsSecret() + ingress({ annotations, spec: tlsFor('shop.example.com') })
  );
}

test('fails all HTTPS requests, and says nothing of plain HTTP', async () => {
  const https = await overlay(withTls(), { ...TRAEFIK, url: 'https://shop.example.com/' });
  expect(https.verdict).toBe('failing');
  const http = await overlay(withTls(), { ...TRAEFIK, url: 'http://shop.example.com/' });
  expect(rulesOf(http)).not.toContain(NAME);
  expect(findingOf(await overlay(withTls(), TRAEFIK), NAME).partial).toBe(true);
});

test('fails all requests where the routers are on the entry point for HTTPS alone', async () => {
  const only = withTls({ 'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure' });
  const diagnosis = await overlay(only, TRAEFIK);
  expect(findingOf(diagnosis, NAME).partial).toBe(false);
  expect(diagnosis.verdict).toBe('failing');
});

test.each([
  ['router.tls', withTls({ 'traefik.ingress.kubernetes.io/router.tls': 'true' })],
  ['a certificate resolver', withTls({ 'traefik.ingress.kubernetes.io/router.tls.certresolver': 'acme' })],
  ['TLS on the entry point', withTls({}, '--entryPoints.websecure.http.tls=true')],
  ['TLS options on the entry point', withTls({}, '--entryPoints.websecure.http.tls.options=strict@file')],
  ['an Ingress without TLS', traefikDeployment() + ingress()],
])('is silent with %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml, TRAEFIK))).not.toContain(NAME);
});

test('heeds that TLS is turned off', async () => {
  const off = withTls(
    { 'traefik.ingress.kubernetes.io/router.tls': 'false' },
    '--entryPoints.websecure.http.tls=false',
  );
  expect(rulesOf(await overlay(off, TRAEFIK))).toContain(NAME);
});

test('is silent where no entry point takes HTTPS at all', async () => {
  const none = withTls().replace('"--entryPoints.websecure.address=:8443/tcp",', '');
  expect(rulesOf(await overlay(none, TRAEFIK))).not.toContain(NAME);
});
