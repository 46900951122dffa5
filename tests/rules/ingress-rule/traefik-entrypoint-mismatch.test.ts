import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { ingress, tlsFor, tlsSecret } from '../ingresses.ts';
import { traefikDeployment } from '../traefik-parts.ts';

const NAME = 'traefik-entrypoint-mismatch';
const HTTPS = { controller: 'traefik', url: 'https://shop.example.com/' } as const;
const HTTP = { controller: 'traefik', url: 'http://shop.example.com/' } as const;

function on(entryPoints: string, more: Readonly<Record<string, string>> = {}): string {
  const annotations = { 'traefik.ingress.kubernetes.io/router.entrypoints': entryPoints, ...more };
  const withTls = traefikDeployment('--entryPoints.websecure.http.tls=true');
  return withTls + tlsSecret() + ingress({ annotations, spec: tlsFor('shop.example.com') });
}

test('reports routers where the scheme of the URL does not come in', async () => {
  expect(rootsOf(await overlay(on('web'), HTTPS))).toEqual([NAME]);
  expect(rulesOf(await overlay(on('websecure'), HTTP))).toContain(NAME);
});

test('without a URL, half of the requests fail where TLS is meant', async () => {
  const diagnosis = await overlay(on('web'), { controller: 'traefik' });
  expect(diagnosis.verdict).toBe('degraded');
});

test('is certain of an entry point that does not exist', async () => {
  const diagnosis = await overlay(on('http, https'), { controller: 'traefik' });
  expect(findingOf(diagnosis, NAME).confidence).toBe('certain');
  expect(diagnosis.verdict).toBe('failing');
});

test('knows that routers with TLS take no plain HTTP, unless that is redirected', async () => {
  const both = on('web,websecure', { 'traefik.ingress.kubernetes.io/router.tls': 'true' });
  expect(rulesOf(await overlay(both, HTTP))).toContain(NAME);
  const redirection = '"--entryPoints.web.http.redirections.entryPoint.to=websecure"';
  const redirected = both.replace(
    '"--entryPoints.web.address=:8000/tcp"',
    `"--entryPoints.web.address=:8000/tcp",${redirection}`,
  );
  const diagnosis = await overlay(redirected, HTTP);
  expect(rulesOf(diagnosis)).not.toContain(NAME);
  expect(rulesOf(diagnosis)).toContain('plain-redirect-by-design');
});

test.each([
  ['the right entry point', on('websecure'), HTTPS],
  ['another case of letters', on('WebSecure'), HTTPS],
  ['a port of its own', on('web'), { controller: 'traefik', url: 'https://shop.example.com:9443/' } as const],
  [
    'an installation that a file sets up',
    ingress({ annotations: { 'traefik.ingress.kubernetes.io/router.entrypoints': 'public' } }),
    HTTPS,
  ],
])('is silent on %s', async (_, yaml, options) => {
  const isByFile = !yaml.includes('websecure.address');
  const change = (object: { readonly kind?: string }) =>
    isByFile && object.kind === 'Deployment'
      ? JSON.parse(
          JSON.stringify(object).replaceAll(
            '--entryPoints.web.address=:8000/tcp',
            '--configFile=/etc/traefik.yaml',
          ),
        )
      : object;
  expect(rulesOf(await overlay(yaml, { ...options, change }))).not.toContain(NAME);
});
