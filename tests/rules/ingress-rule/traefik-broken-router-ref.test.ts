import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { document, ingress } from '../ingresses.ts';
import { traefikDeployment, traefikObject } from '../traefik-parts.ts';

const NAME = 'traefik-broken-router-ref';
const TRAEFIK = { controller: 'traefik' } as const;
const STRIP = traefikObject('Middleware', 'strip.api');

function named(value: string, key = 'router.middlewares'): string {
  return traefikDeployment() + ingress({ annotations: { [`traefik.ingress.kubernetes.io/${key}`]: value } });
}

test.each([
  ['a Middleware that does not exist', named('shop-auth@kubernetescrd') + STRIP],
  ['a cluster without the kind', named('shop-auth@kubernetescrd')],
  ['a name without its namespace', named('strip-api@kubernetescrd') + STRIP],
  ['a name without its provider', named('shop-strip-api') + STRIP],
  ['a dot, which the name must not have', named('shop-strip!api@kubernetescrd') + STRIP],
  ['one of several', named('shop-strip-api@kubernetescrd, shop-auth@kubernetescrd') + STRIP],
  ['TLS options', named('shop-tls13@kubernetescrd', 'router.tls.options')],
])('reports %s', async (_, yaml) => {
  const diagnosis = await overlay(yaml, TRAEFIK);
  expect(rootsOf(diagnosis)).toEqual([NAME]);
  expect(statusOf(diagnosis)).toBe(404);
});

test('offers the name of the object that is there, and keeps the others', async () => {
  const both =
    named('shop-auth@kubernetescrd,strip-api@kubernetescrd') + STRIP + traefikObject('Middleware', 'auth');
  const { fix } = findingOf(await overlay(both, TRAEFIK), NAME);
  expect(fix?.commands.at(-1)?.run).toContain('=shop-auth@kubernetescrd,shop-strip-api@kubernetescrd');
});

test('looks at the ServersTransport of the Service', async () => {
  const service = document({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'web',
      namespace: 'shop',
      annotations: { 'traefik.ingress.kubernetes.io/service.serverstransport': 'shop-mtls@kubernetescrd' },
    },
    spec: {
      clusterIP: '10.96.0.30',
      selector: { app: 'web' },
      ports: [{ name: 'http', port: 80, targetPort: 'http' }],
    },
  });
  const diagnosis = await overlay(traefikDeployment() + service, TRAEFIK);
  expect(findingOf(diagnosis, NAME).object).toEqual({ kind: 'Service', namespace: 'shop', name: 'web' });
  const there = service + traefikObject('ServersTransport', 'mtls');
  expect((await overlay(traefikDeployment() + there, TRAEFIK)).verdict).toBe('healthy');
});

test('knows that the provider is off', async () => {
  const args = traefikDeployment().replace('"--providers.kubernetescrd",', '');
  const yaml = named('shop-strip-api@kubernetescrd').replace(traefikDeployment(), args) + STRIP;
  expect(findingOf(await overlay(yaml, TRAEFIK), NAME).message).toContain('not turned on');
});

test('shows what Traefik says', async () => {
  const log = document({
    apiVersion: 'gateway-doctor/v1',
    kind: 'PodLog',
    metadata: { namespace: 'traefik', name: 'traefik-1' },
    container: 'traefik',
    previous: false,
    text: '2026-03-02T11:59:00Z ERR error="middleware \\"shop-auth@kubernetescrd\\" does not exist" entryPointName=web\n',
  });
  const { evidence } = findingOf(await overlay(named('shop-auth@kubernetescrd') + log, TRAEFIK), NAME);
  expect(evidence).toContainEqual(
    expect.objectContaining({ value: expect.stringContaining('does not exist') }),
  );
});

test.each([
  ['what exists', named('shop-strip-api@kubernetescrd') + STRIP],
  ['another provider', named('auth@file')],
  ['the default TLS options', named('default', 'router.tls.options')],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml, TRAEFIK))).not.toContain(NAME);
});

test('cannot tell without being allowed to look', async () => {
  // The group is served: there is another object of it.
  const yaml = named('shop-strip-api@kubernetescrd') + traefikObject('TLSOption', 'strict');
  const diagnosis = await overlay(yaml, { ...TRAEFIK, forbidden: ['Middleware'] });
  expect(rulesOf(diagnosis)).not.toContain(NAME);
  expect(diagnosis.verdict).toBe('unknown');
});

test('reads nothing where nothing is named', async () => {
  const yaml = traefikDeployment() + traefikObject('TLSOption', 'strict');
  const diagnosis = await overlay(yaml, { ...TRAEFIK, forbidden: ['Middleware'] });
  expect(diagnosis.verdict).toBe('healthy');
});

test('reads nothing for another controller', async () => {
  const diagnosis = await overlay(named('shop-auth@kubernetescrd'), { forbidden: ['Middleware'] });
  expect(diagnosis.verdict).toBe('healthy');
});
