import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { nginxPod } from '../controllers.ts';
import { configMap, ingressEvent, nginx, nginxConfig, nginxLog, secret } from '../nginx-annotations.ts';

const RULE = 'annotation-denied-503';

test.each([
  ['a wrong range', nginx({ 'denylist-source-range': '10.0.0.0/33' })],
  ['a URL without scheme', nginx({ 'auth-url': 'auth.shop.svc/verify' })],
  ['a URL with a wrong host', nginx({ 'auth-url': 'http://auth..svc/verify' })],
  ['wrong headers', nginx({ 'auth-url': 'https://auth.example.net', 'auth-response-headers': 'X-User;' })],
  ['a ConfigMap that is missing', nginx({ 'custom-headers': 'shop/headers' })],
  ['a ConfigMap without its namespace', nginx({ 'custom-headers': 'headers' }) + configMap('headers', {})],
  [
    'a header that is not allowed',
    nginx({ 'custom-headers': 'shop/headers' }) + configMap('headers', { 'X-A': '1' }),
  ],
  ['a Secret for the Pods that is missing', nginx({ 'proxy-ssl-secret': 'shop/pair' })],
  [
    'a Secret for the Pods without a pair',
    nginx({ 'proxy-ssl-secret': 'shop/pair' }) + secret('pair', ['key']),
  ],
])('denies with 503 for %s', async (_, yaml) => {
  const diagnosis = await overlay(yaml);
  expect(rootsOf(diagnosis)).toEqual([RULE]);
  expect(statusOf(diagnosis)).toBe(503);
  expect(findingOf(diagnosis, RULE).confidence).toBe('certain');
});

test('is silent where all that is named is there', async () => {
  const yaml =
    nginx({
      'whitelist-source-range': '10.0.0.0/8,192.0.2.0/24',
      'custom-headers': 'shop/headers',
      'proxy-ssl-secret': 'shop/pair',
      'auth-method': 'GET',
    }) +
    configMap('headers', { 'X-A': '1' }) +
    secret('pair', ['tls.crt', 'tls.key']) +
    nginxConfig({ 'global-allowed-response-headers': 'X-A, X-B' });
  const diagnosis = await overlay(yaml);
  expect(rulesOf(diagnosis)).not.toContain(RULE);
  expect(diagnosis.verdict).toBe('healthy');
});

test('believes the newest event, but not one from before the last edit', async () => {
  const event = ingressEvent('AnnotationParsingFailed', 'Error parsing annotations: location denied');
  const told = await overlay(event);
  expect(findingOf(told, RULE).confidence).toBe('likely');
  const edited = nginx({}, { created: '2026-03-02T11:58:00Z' });
  expect(rulesOf(await overlay(event + edited))).not.toContain(RULE);
});

test('an event from before what it may be about was mended tells nothing', async () => {
  const event = ingressEvent('AnnotationParsingFailed', 'unable to find configMap "shop/headers"');
  const made = configMap('headers', {}).replace(
    '"namespace"',
    '"creationTimestamp":"2026-03-02T11:57:00Z","namespace"',
  );
  const diagnosis = await overlay(nginx({ 'custom-headers': 'shop/headers' }) + event + made);
  expect(rulesOf(diagnosis)).not.toContain(RULE);
  const restarted = nginxPod({ created: '2026-03-02T11:57:00Z' });
  expect(rulesOf(await overlay(event + restarted))).not.toContain(RULE);
});

test('believes the log about this Ingress only', async () => {
  const line = (name: string) =>
    nginxLog(
      `E0302 11:58:00.000000       7 annotations.go:215] "error reading Ingress annotation" err="x" name="CustomHeaders" ingress="shop/${name}"`,
    );
  expect(rulesOf(await overlay(line('web')))).toContain(RULE);
  expect(rulesOf(await overlay(line('web2')))).not.toContain(RULE);
});

test('is not run where a Secret that is named may not be read', async () => {
  const diagnosis = await overlay(nginx({ 'proxy-ssl-secret': 'shop/pair' }), { forbidden: ['Secret'] });
  expect(diagnosis.verdict).toBe('unknown');
});

test('says nothing of other controllers', async () => {
  const diagnosis = await overlay(nginx({ 'denylist-source-range': 'x' }), { controller: 'traefik' });
  expect(rulesOf(diagnosis)).not.toContain(RULE);
});

test('a URL with other characters keeps the whole Ingress out, which is another finding', async () => {
  const diagnosis = await overlay(nginx({ 'auth-url': 'auth"; return 200' }));
  expect(rootsOf(diagnosis)).toEqual(['annotation-invalid-value']);
});
