import { findingOf, overlay, rulesOf, statusOf } from '../check.ts';
import { ingress } from '../ingresses.ts';

test('names the sibling with or without www, and copies its paths', async () => {
  const diagnosis = await overlay('', { url: 'https://www.shop.example.com/' });
  const { message, fix } = findingOf(diagnosis, 'host-no-match');
  expect(message).toContain('`shop.example.com`');
  expect(fix?.commands.some(({ run }) => run.includes('"host":"www.shop.example.com"'))).toBe(true);
  expect(statusOf(diagnosis)).toBe(404);
});

test('offers no rule for a bare address', async () => {
  const diagnosis = await overlay('', { url: 'http://203.0.113.10/' });
  const { fix } = findingOf(diagnosis, 'host-no-match');
  expect(fix?.commands.every(({ effect }) => effect === 'looks')).toBe(true);
});

test('says so when the host matches and no path is near', async () => {
  const diagnosis = await overlay(ingress({ path: '/api' }), { url: 'http://shop.example.com/other' });
  const { message, evidence } = findingOf(diagnosis, 'host-no-match');
  expect(message).toContain('none of its paths');
  expect(evidence).toContainEqual(expect.objectContaining({ value: '/api (Prefix)' }));
});

test.each([
  ['server-alias', { 'nginx.ingress.kubernetes.io/server-alias': 'other.example.com,www.shop.example.com' }],
  ['from-to-www-redirect', { 'nginx.ingress.kubernetes.io/from-to-www-redirect': 'true' }],
])('is silent on a host that %s serves', async (_, annotations) => {
  const diagnosis = await overlay(ingress({ annotations }), { url: 'https://www.shop.example.com/' });
  expect(rulesOf(diagnosis)).not.toContain('host-no-match');
});

test('ignores case, and is silent without a URL', async () => {
  expect(rulesOf(await overlay('', { url: 'http://SHOP.example.com/' }))).not.toContain('host-no-match');
  expect(rulesOf(await overlay(''))).not.toContain('host-no-match');
});
