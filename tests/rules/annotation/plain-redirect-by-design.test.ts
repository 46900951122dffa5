import { findingOf, overlay, rulesOf, statusOf } from '../check.ts';
import { document, ingress, tlsFor, tlsSecret } from '../ingresses.ts';
import { traefikDeployment, traefikObject } from '../traefik-parts.ts';

const NAME = 'plain-redirect-by-design';
const HTTP = { url: 'http://shop.example.com/' } as const;
const HTTPS = { url: 'https://shop.example.com/' } as const;

function secure(annotations: Readonly<Record<string, string>> = {}): string {
  return tlsSecret() + ingress({ annotations, spec: tlsFor('shop.example.com') });
}

function nginx(key: string, value: string): Readonly<Record<string, string>> {
  return { [`nginx.ingress.kubernetes.io/${key}`]: value };
}

function config(data: Readonly<Record<string, string>>): string {
  const metadata = { name: 'ingress-nginx-controller', namespace: 'ingress-nginx' };
  return document({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
}

test('foretells the answer to plain HTTP, and leaves HTTPS alone', async () => {
  const http = await overlay(secure(), HTTP);
  expect(statusOf(http)).toBe(308);
  expect(http.verdict).toBe('healthy');
  expect(findingOf(http, NAME).severity).toBe('info');
  expect(http.rootCauses).toEqual([]);
  const https = await overlay(secure(), HTTPS);
  expect(statusOf(https)).toBe(200);
  expect(rulesOf(https)).not.toContain(NAME);
});

test('is a cause for who saw just that status', async () => {
  const diagnosis = await overlay(secure(), { ...HTTP, seenStatus: 308 });
  expect(diagnosis.rootCauses[0]?.finding.rule).toBe(NAME);
});

test('tells what a redirect leads to where that fails', async () => {
  const yaml = tlsSecret() + ingress({ service: 'gone', spec: tlsFor('shop.example.com') });
  const { verdict, routes } = await overlay(yaml, HTTP);
  expect(verdict).toBe('failing');
  expect(routes[0]?.prediction).toMatchObject({ status: 308, symptom: 'service-missing' });
});

test.each([
  ['the status of the ConfigMap', secure() + config({ 'http-redirect-code': '301' }), 301],
  [
    'a redirect that is forced without TLS',
    ingress({ annotations: nginx('force-ssl-redirect', 'true') }),
    308,
  ],
  ['a fixed target', ingress({ annotations: nginx('permanent-redirect', 'https://example.org') }), 301],
  [
    'a fixed target for now',
    ingress({ annotations: nginx('temporal-redirect', 'https://example.org') }),
    302,
  ],
  [
    'another status for it',
    ingress({
      annotations: {
        ...nginx('permanent-redirect', 'https://e.org'),
        ...nginx('permanent-redirect-code', '308'),
      },
    }),
    308,
  ],
  ['an application root', ingress({ annotations: nginx('app-root', '/start') }), 302],
])('knows %s', async (_, yaml, status) => {
  expect(statusOf(await overlay(yaml, HTTP))).toBe(status);
});

test.each([
  ['an Ingress without TLS', ingress()],
  ['a redirect that the Ingress turns off', secure(nginx('ssl-redirect', 'false'))],
  ['a redirect that the controller turns off', secure() + config({ 'ssl-redirect': 'false' })],
])('is silent on %s', async (_, yaml) => {
  expect(statusOf(await overlay(yaml, HTTP))).toBe(200);
});

test('an application root is not for other paths', async () => {
  const yaml = ingress({ annotations: nginx('app-root', '/start') });
  expect(statusOf(await overlay(yaml, { url: 'http://shop.example.com/x' }))).toBe(200);
});

test('without a URL tells of annotations only, and of HTTPS nothing', async () => {
  expect(rulesOf(await overlay(secure()))).not.toContain(NAME);
  const forced = await overlay(secure(nginx('force-ssl-redirect', 'true')));
  expect(findingOf(forced, NAME).partial).toBe(true);
  expect(statusOf(forced)).toBe(200);
  expect(
    statusOf(await overlay(ingress({ annotations: nginx('permanent-redirect', 'https://e.org') }))),
  ).toBe(301);
});

test('sends the sibling host to the one of the rule', async () => {
  const yaml = ingress({ annotations: nginx('from-to-www-redirect', 'true') });
  expect(statusOf(await overlay(yaml, { url: 'http://www.shop.example.com/' }))).toBe(308);
});

test('knows how Contour and Traefik are asked for it', async () => {
  const forced = secure({ 'ingress.kubernetes.io/force-ssl-redirect': 'true' });
  expect(statusOf(await overlay(forced, { ...HTTP, controller: 'contour' }))).toBe(301);
  expect(statusOf(await overlay(secure(), { ...HTTP, controller: 'contour' }))).toBe(200);
  const middleware = traefikObject('Middleware', 'https', {
    redirectScheme: { scheme: 'https', permanent: true },
  });
  const named = { 'traefik.ingress.kubernetes.io/router.middlewares': 'shop-https@kubernetescrd' };
  const traefik = traefikDeployment() + middleware + secure(named);
  expect(rulesOf(await overlay(traefik, { ...HTTP, controller: 'traefik' }))).toContain(NAME);
});

test('what is behind a redirect that leads away does not matter', async () => {
  const annotations = nginx('permanent-redirect', 'https://example.org');
  const diagnosis = await overlay(ingress({ service: 'none', annotations }));
  expect(diagnosis.verdict).toBe('healthy');
  expect(diagnosis.rootCauses).toEqual([]);
  expect(findingOf(diagnosis, 'service-missing').severity).toBe('info');
});

test('offers to turn off what no annotation asks for, on the controller that has such a setting', async () => {
  const { fix } = findingOf(await overlay(secure(), HTTP), NAME);
  expect(fix?.commands.map(({ run }) => run)).toEqual([expect.stringContaining('ssl-redirect=false')]);
});
