import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { nginx, nginxConfig, nginxLog } from '../nginx-annotations.ts';

const RULE = 'waf-blocks';
const DENIED =
  '2026/03/02 11:58:00 [error] 31#31: *9 [client 198.51.100.7] ModSecurity: Access denied with code 403 (phase 2). [hostname "shop.example.com"] [uri "/"], client: 198.51.100.7, server: shop.example.com';

test('is a remark, and a cause only to somebody who saw 403', async () => {
  const yaml = nginx({ 'enable-modsecurity': 'true' });
  const diagnosis = await overlay(yaml);
  expect(findingOf(diagnosis, RULE).severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
  expect(rootsOf(await overlay(yaml, { seenStatus: 403 }))).toEqual([RULE]);
});

test('a firewall for everybody counts once it has refused', async () => {
  const global = nginxConfig({ 'enable-modsecurity': 'true' });
  expect(rulesOf(await overlay(global))).not.toContain(RULE);
  expect(rulesOf(await overlay(global + nginxLog(DENIED)))).toContain(RULE);
  const other = DENIED.replaceAll('shop.example.com', 'other.example.com');
  expect(rulesOf(await overlay(global + nginxLog(other)))).not.toContain(RULE);
});

test('is silent where it is turned off', async () => {
  const off = nginx({ 'enable-modsecurity': 'false' });
  const global = nginxConfig({ 'enable-modsecurity': 'true' });
  expect(rulesOf(await overlay(off + global + nginxLog(DENIED)))).not.toContain(RULE);
});
