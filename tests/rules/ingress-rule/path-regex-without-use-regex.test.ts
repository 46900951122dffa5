import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { ingress } from '../ingresses.ts';

const NAME = 'path-regex-without-use-regex';
const REGEX = { path: '/app(/|$)(.*)', pathType: 'ImplementationSpecific' };

test('reports an expression that is taken literally, also when asked for a URL', async () => {
  expect(rootsOf(await overlay(ingress(REGEX)))).toEqual([NAME]);
  const byUrl = await overlay(ingress(REGEX), { url: 'http://shop.example.com/app/x' });
  expect(rootsOf(byUrl)).toEqual([NAME]);
});

test('turns expressions on in the words of the controller', async () => {
  const nginx = findingOf(await overlay(ingress(REGEX)), NAME);
  expect(nginx.fix?.commands[1]?.run).toContain('nginx.ingress.kubernetes.io/use-regex=true');
  const traefik = findingOf(await overlay(ingress(REGEX), { controller: 'traefik' }), NAME);
  expect(traefik.fix?.commands[1]?.run).toContain('router.pathmatcher=PathRegexp');
});

test.each([
  [
    'an Ingress with use-regex',
    ingress({ ...REGEX, annotations: { 'nginx.ingress.kubernetes.io/use-regex': 'true' } }),
  ],
  [
    'a neighbour with rewrite-target on the same host',
    ingress(REGEX) +
      ingress({
        name: 'other',
        path: '/other',
        annotations: { 'nginx.ingress.kubernetes.io/rewrite-target': '/' },
      }),
  ],
  ['braces', ingress({ path: '/users/{id}', pathType: 'ImplementationSpecific' })],
  ['a dot', ingress({ path: '/favicon.ico' })],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain(NAME);
});

test('is silent on Contour, which sees that it is one', async () => {
  const whole = ingress({ path: '/v[0-9]+/.*', pathType: 'ImplementationSpecific' });
  expect(rulesOf(await overlay(whole, { controller: 'contour' }))).not.toContain(NAME);
  const prefix = ingress({ path: '/v[0-9]+/.*' });
  expect(rulesOf(await overlay(prefix, { controller: 'contour' }))).toContain(NAME);
});
