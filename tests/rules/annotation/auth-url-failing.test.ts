import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { nginx, nginxConfig, nginxLog, serviceWith } from '../nginx-annotations.ts';

const RULE = 'auth-url-failing';
const INSIDE = nginx({ 'auth-url': 'http://auth.infra.svc.cluster.local/verify' });
const UNEXPECTED =
  '2026/03/02 11:58:00 [error] 31#31: *9 auth request unexpected status: 502 while sending to client, client: 198.51.100.7, server: shop.example.com, request: "GET / HTTP/1.1", host: "shop.example.com"';

test.each([
  ['does not exist', INSIDE],
  ['has no endpoint', INSIDE + serviceWith('auth', 'none', {}, 'infra')],
  ['has no ready endpoint', INSIDE + serviceWith('auth', 'not ready', {}, 'infra')],
  [
    'has no such port',
    nginx({ 'auth-url': 'http://auth.infra.svc.cluster.local:4180/x' }) +
      serviceWith('auth', 'ready', {}, 'infra'),
  ],
])('answers 500 where the Service %s', async (_, yaml) => {
  const diagnosis = await overlay(yaml);
  expect(rootsOf(diagnosis)).toEqual([RULE]);
  expect(statusOf(diagnosis)).toBe(500);
  expect(findingOf(diagnosis, RULE).object).toEqual({ kind: 'Service', namespace: 'infra', name: 'auth' });
});

test('is silent where it can be asked, or is outside the cluster', async () => {
  expect((await overlay(INSIDE + serviceWith('auth', 'ready', {}, 'infra'))).verdict).toBe('healthy');
  expect(rulesOf(await overlay(nginx({ 'auth-url': 'https://login.example.net/verify' })))).not.toContain(
    RULE,
  );
});

test('believes the log about its own host', async () => {
  const outside = nginx({ 'auth-url': 'https://login.example.net/verify' });
  expect(rootsOf(await overlay(outside + nginxLog(UNEXPECTED)))).toEqual([RULE]);
  const other = UNEXPECTED.replaceAll('shop.example.com', 'other.example.com');
  expect(rulesOf(await overlay(outside + nginxLog(other)))).not.toContain(RULE);
});

test('a question to its own path has no end', async () => {
  const yaml = nginx({ 'auth-url': 'https://$host/oauth2/auth' });
  expect(findingOf(await overlay(yaml), RULE)).toMatchObject({
    confidence: 'likely',
    object: { kind: 'Ingress', name: 'web' },
  });
  const apart = nginx({}, { name: 'oauth2', path: '/oauth2' });
  expect(rulesOf(await overlay(yaml + apart))).not.toContain(RULE);
});

test('paths that are open to all end the question', async () => {
  const yaml = nginx({ 'auth-url': 'https://shop.example.com/oauth2/auth' }, { path: '/oauth2' });
  expect(rulesOf(await overlay(yaml))).toContain(RULE);
  expect(rulesOf(await overlay(yaml + nginxConfig({ 'no-auth-locations': '/oauth2' })))).not.toContain(RULE);
});

test('the log tells of an authentication for all Ingresses, too, and of requests that were approved', async () => {
  expect(findingOf(await overlay(nginxLog(UNEXPECTED)), RULE).partial).toBe(false);
  const served =
    '198.51.100.7 - - [02/Mar/2026:11:58:30 +0000] "GET / HTTP/1.1" 200 172 "-" "curl" 512 0.002 [shop-web-80] [] 10.244.0.21:8080 172 0.002 200 2f0c';
  expect(findingOf(await overlay(nginxLog(UNEXPECTED, served)), RULE).partial).toBe(true);
  const many = Array.from({ length: 5 }, () => served);
  expect(rulesOf(await overlay(nginxLog(UNEXPECTED, ...many)))).not.toContain(RULE);
});
