import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { ingressEvent, nginx, nginxConfig, secret } from '../nginx-annotations.ts';

const RULE = 'basic-auth-secret-broken';
const BASIC = { 'auth-type': 'basic', 'auth-secret': 'users' };

test.each([
  ['the Secret is missing', nginx(BASIC)],
  ['no Secret is named', nginx({ 'auth-type': 'basic' })],
  [
    'it is in another namespace',
    nginx({ ...BASIC, 'auth-secret': 'infra/users' }) + secret('users', ['auth'], 'infra'),
  ],
  ['it has no key auth', nginx(BASIC) + secret('users', ['htpasswd'])],
])('denies with 503 where %s', async (_, yaml) => {
  const diagnosis = await overlay(yaml);
  expect(rootsOf(diagnosis)).toEqual([RULE]);
  expect(statusOf(diagnosis)).toBe(503);
});

test("the controller's event is its consequence", async () => {
  const event = ingressEvent('AnnotationParsingFailed', 'unexpected error reading secret shop/users');
  const diagnosis = await overlay(nginx(BASIC) + event);
  expect(rootsOf(diagnosis)).toEqual([RULE]);
  expect(diagnosis.rootCauses[0]?.explained.map(({ rule }) => rule)).toContain('annotation-denied-503');
});

test('another namespace is fine where it is allowed', async () => {
  const yaml =
    nginx({ ...BASIC, 'auth-secret': 'infra/users' }) +
    secret('users', ['auth'], 'infra') +
    nginxConfig({ 'allow-cross-namespace-resources': 'true' });
  expect((await overlay(yaml)).verdict).toBe('healthy');
});

test('a map of users needs no key auth', async () => {
  const diagnosis = await overlay(
    nginx({ ...BASIC, 'auth-secret-type': 'auth-map' }) + secret('users', ['alice']),
  );
  expect(rulesOf(diagnosis)).not.toContain(RULE);
  expect(diagnosis.verdict).toBe('healthy');
});

test('without a type nobody is asked, which is a remark', async () => {
  const diagnosis = await overlay(nginx({ 'auth-secret': 'users' }));
  expect(findingOf(diagnosis, RULE).severity).toBe('low');
  expect(diagnosis.verdict).toBe('healthy');
});

test('cannot be told where the Secret may not be read', async () => {
  const diagnosis = await overlay(nginx(BASIC), { forbidden: ['Secret'] });
  expect(rulesOf(diagnosis)).not.toContain(RULE);
  expect(diagnosis.verdict).toBe('unknown');
});
