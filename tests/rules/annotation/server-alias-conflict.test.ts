import { findingOf, overlay, rulesOf } from '../check.ts';
import { nginx } from '../nginx-annotations.ts';

const RULE = 'server-alias-conflict';

test('an alias that is a host is skipped', async () => {
  const other = nginx({}, { name: 'other', host: 'alias.example.com' });
  const diagnosis = await overlay(nginx({ 'server-alias': 'free.example.com, alias.example.com' }) + other);
  expect(findingOf(diagnosis, RULE).message).toContain('`alias.example.com`');
  expect(diagnosis.verdict).toBe('healthy');
});

test('the older Ingress of a host has the aliases', async () => {
  const own = nginx({ 'server-alias': 'a.example.com' });
  const rival = (created: string) =>
    nginx({ 'server-alias': 'b.example.com' }, { name: 'rival', path: '/rival', created });
  expect(rulesOf(await overlay(own + rival('2026-01-01T00:00:00Z')))).toContain(RULE);
  expect(rulesOf(await overlay(own + rival('2026-02-20T00:00:00Z')))).not.toContain(RULE);
});

test('a redirect from www needs that host to be free', async () => {
  const own = nginx({ 'from-to-www-redirect': 'true' });
  const www = nginx({}, { name: 'www', host: 'www.shop.example.com' });
  expect(rulesOf(await overlay(own + www))).toContain(RULE);
  expect(rulesOf(await overlay(own))).not.toContain(RULE);
  expect(rulesOf(await overlay(nginx({ 'from-to-www-redirect': 'false' }) + www))).not.toContain(RULE);
});

test('hosts of another class are no rivals', async () => {
  const other = nginx({}, { name: 'other', host: 'alias.example.com', className: 'inner' });
  expect(rulesOf(await overlay(nginx({ 'server-alias': 'alias.example.com' }) + other))).not.toContain(RULE);
});
