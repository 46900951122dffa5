import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { nginx, secret } from '../nginx-annotations.ts';

const RULE = 'tls-client-auth';
const CLIENTS = nginx({ 'auth-tls-secret': 'shop/clients' });

test.each([
  ['the Secret is missing', CLIENTS],
  ['its name lacks the namespace', nginx({ 'auth-tls-secret': 'clients' }) + secret('clients', ['ca.crt'])],
  [
    'it is in another namespace',
    nginx({ 'auth-tls-secret': 'infra/clients' }) + secret('clients', ['ca.crt'], 'infra'),
  ],
  ['it has no authority', CLIENTS + secret('clients', ['ca.pem'])],
])('refuses everybody with 403 where %s', async (_, yaml) => {
  const diagnosis = await overlay(yaml);
  expect(rootsOf(diagnosis)).toEqual([RULE]);
  expect(statusOf(diagnosis)).toBe(403);
});

test('a key pair without an authority asks nobody', async () => {
  const diagnosis = await overlay(CLIENTS + secret('clients', ['tls.crt', 'tls.key']));
  expect(findingOf(diagnosis, RULE).severity).toBe('low');
  expect(diagnosis.verdict).toBe('healthy');
});

test('clients without a certificate are refused by design', async () => {
  const yaml = CLIENTS + secret('clients', ['ca.crt', 'ca.crl']);
  const diagnosis = await overlay(yaml);
  expect(findingOf(diagnosis, RULE).severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
  expect(diagnosis.rootCauses).toEqual([]);
  expect(rootsOf(await overlay(yaml, { seenStatus: 400 }))).toEqual([RULE]);
});

test('is silent where a certificate is wished for only', async () => {
  const yaml = nginx({ 'auth-tls-secret': 'shop/clients', 'auth-tls-verify-client': 'optional' });
  expect(rulesOf(await overlay(yaml + secret('clients', ['ca.crt'])))).not.toContain(RULE);
});
