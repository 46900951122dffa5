import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { document, ingress, tlsFor, tlsSecret } from '../ingresses.ts';
import { traefikDeployment } from '../traefik-parts.ts';

const NAME = 'ssl-redirect-loop';
const SELECTOR = {
  'app.kubernetes.io/name': 'ingress-nginx',
  'app.kubernetes.io/instance': 'ingress-nginx',
  'app.kubernetes.io/component': 'controller',
};

function service(
  targetPort: string | number,
  name = 'ingress-nginx-controller',
  namespace = 'ingress-nginx',
): string {
  return document({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: {
      type: 'LoadBalancer',
      clusterIP: '10.96.0.20',
      selector: namespace === 'traefik' ? { 'app.kubernetes.io/name': 'traefik' } : SELECTOR,
      ports: [
        { name: 'http', port: 80, targetPort: namespace === 'traefik' ? 'web' : 'http', nodePort: 30080 },
        { name: 'https', port: 443, targetPort, nodePort: 30443 },
      ],
    },
    status: { loadBalancer: { ingress: [{ ip: '203.0.113.10' }] } },
  });
}

function config(data: Readonly<Record<string, string>>): string {
  const metadata = { name: 'ingress-nginx-controller', namespace: 'ingress-nginx' };
  return document({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
}

function secure(annotations: Readonly<Record<string, string>> = {}): string {
  return tlsSecret() + ingress({ annotations, spec: tlsFor('shop.example.com') });
}

function log(seconds: readonly number[], client = '198.51.100.7'): string {
  const lines = seconds.map(
    (second, index) =>
      `${client} - - [02/Mar/2026:11:58:${10 + second} +0000] "GET /cart HTTP/1.1" 308 164 "-" "Mozilla" 90 0.000 [shop-web-80] [] - - - - ab${index}`,
  );
  return document({
    apiVersion: 'gateway-doctor/v1',
    kind: 'PodLog',
    metadata: { namespace: 'ingress-nginx', name: 'ingress-nginx-controller-5c4d9-x8k2p' },
    container: 'controller',
    previous: false,
    text: `${lines.join('\n')}\n`,
  });
}

test.each([{}, { url: 'https://shop.example.com/' }, { url: 'http://shop.example.com/' }])(
  'takes every request in: %p',
  async (options) => {
    const diagnosis = await overlay(secure() + service('http'), options);
    expect(rootsOf(diagnosis)).toEqual([NAME]);
    expect(diagnosis.routes[0]?.prediction).toMatchObject({ status: 308, symptom: 'redirect-loop' });
  },
);

test('forced redirects need no TLS in the Ingress', async () => {
  const forced = ingress({ annotations: { 'nginx.ingress.kubernetes.io/force-ssl-redirect': 'true' } });
  expect(rulesOf(await overlay(forced + service('http')))).toContain(NAME);
});

test.each([
  ['TLS that ends at the controller', secure() + service('https')],
  ['trusted headers', secure() + service('http') + config({ 'use-forwarded-headers': 'true' })],
  ['PROXY protocol', secure() + service('http') + config({ 'use-proxy-protocol': 'true' })],
  [
    'a redirect that is turned off',
    secure({ 'nginx.ingress.kubernetes.io/ssl-redirect': 'false' }) + service('http'),
  ],
  ['an Ingress without TLS', ingress() + service('http')],
  ['a port of its own that redirects', secure() + service('tohttps')],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain(NAME);
});

test('sees the circle in the log where nothing else shows it', async () => {
  const diagnosis = await overlay(secure() + log([0, 0, 1, 1, 2, 2, 3]));
  expect(findingOf(diagnosis, NAME).object).toEqual({ kind: 'Ingress', namespace: 'shop', name: 'web' });
});

test('is not taken in by a client that asks now and then', async () => {
  const rare = log([0, 9, 18, 27, 36, 45]);
  expect(rulesOf(await overlay(secure() + rare))).not.toContain(NAME);
});

test('knows the redirection of an entry point of Traefik', async () => {
  const redirecting = '--entryPoints.web.http.redirections.entryPoint.to=websecure';
  const front = service('web', 'traefik', 'traefik');
  const traefik = { controller: 'traefik' } as const;
  expect(rulesOf(await overlay(traefikDeployment(redirecting) + front + ingress(), traefik))).toContain(NAME);
  const trusting = traefikDeployment(redirecting, '--entryPoints.web.forwardedHeaders.insecure');
  expect(rulesOf(await overlay(trusting + front + ingress(), traefik))).not.toContain(NAME);
});
