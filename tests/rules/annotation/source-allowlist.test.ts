import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { document } from '../ingresses.ts';
import { nginx, nginxConfig, nginxLog } from '../nginx-annotations.ts';

const RULE = 'source-allowlist';
const LIST = nginx({ 'whitelist-source-range': '203.0.113.0/24' });

function refused(client: string, host = 'shop.example.com'): string {
  return `2026/03/02 11:58:00 [error] 31#31: *9 access forbidden by rule, client: ${client}, server: ${host}, request: "GET / HTTP/1.1", host: "${host}"`;
}

test("the address of a Node in place of the client's refuses everybody", async () => {
  const diagnosis = await overlay(LIST + nginxLog(refused('192.0.2.10')));
  expect(rootsOf(diagnosis)).toEqual([RULE]);
  expect(statusOf(diagnosis)).toBe(403);
  expect(diagnosis.verdict).toBe('failing');
});

test('so does the address that a Node has among those of its Pods', async () => {
  const node = document({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node1' },
    spec: { podCIDRs: ['10.244.0.0/24'] },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  });
  const byBridge = await overlay(LIST + node + nginxLog(refused('10.244.0.1')));
  expect(rootsOf(byBridge)).toEqual([RULE]);
  expect(byBridge.verdict).toBe('failing');
  // A Pod that calls is a client of its own.
  expect((await overlay(LIST + node + nginxLog(refused('10.244.0.17')))).verdict).toBe('healthy');
});

test('clients of their own are refused by design', async () => {
  const diagnosis = await overlay(LIST + nginxLog(refused('198.51.100.7')));
  expect(findingOf(diagnosis, RULE)).toMatchObject({ severity: 'info', confidence: 'suspect' });
  expect(diagnosis.verdict).toBe('healthy');
  expect(rootsOf(await overlay(LIST + nginxLog(refused('198.51.100.7')), { seenStatus: 403 }))).toEqual([
    RULE,
  ]);
});

test('without refusals a traffic policy is only a suspicion, and none where clients are known', async () => {
  expect(findingOf(await overlay(LIST), RULE).severity).toBe('info');
  const trusted = nginxConfig({ 'use-forwarded-headers': 'true' });
  expect(rulesOf(await overlay(LIST + trusted))).not.toContain(RULE);
  const nodes = nginx({ 'whitelist-source-range': '192.0.2.0/24' });
  expect(rulesOf(await overlay(nodes))).not.toContain(RULE);
});

test('refusals of other hosts are not its own', async () => {
  const trusted = nginxConfig({ 'use-forwarded-headers': 'true' });
  const diagnosis = await overlay(LIST + trusted + nginxLog(refused('192.0.2.10', 'other.example.com')));
  expect(rulesOf(diagnosis)).not.toContain(RULE);
});

test('a deny list, and one that only the log tells of, count as well', async () => {
  const deny = nginx({ 'denylist-source-range': '192.0.2.0/24' });
  expect(findingOf(await overlay(deny + nginxLog(refused('192.0.2.10'))), RULE).confidence).toBe('certain');
  expect(rulesOf(await overlay(deny))).not.toContain(RULE);
  expect(rulesOf(await overlay(nginxLog(refused('198.51.100.7'))))).toContain(RULE);
});

test('some Nodes among many clients are a part of them', async () => {
  const lines = nginxLog(refused('192.0.2.10'), refused('198.51.100.7'));
  expect(findingOf(await overlay(LIST + lines), RULE).partial).toBe(true);
});

test('a Node that is refused while others get through is a client like any other', async () => {
  const served =
    '203.0.113.9 - - [02/Mar/2026:11:58:30 +0000] "GET / HTTP/1.1" 200 172 "-" "curl" 512 0.002 [shop-web-80] [] 10.244.0.21:8080 172 0.002 200 2f0c';
  const diagnosis = await overlay(LIST + nginxLog(refused('192.0.2.10'), served));
  expect(findingOf(diagnosis, RULE).severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});
