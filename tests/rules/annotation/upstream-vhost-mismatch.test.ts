import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { document } from '../ingresses.ts';
import { nginx } from '../nginx-annotations.ts';

const RULE = 'upstream-vhost-mismatch';

function appLog(text: string): string {
  return document({
    apiVersion: 'gateway-doctor/v1',
    kind: 'PodLog',
    metadata: { namespace: 'shop', name: 'web-6b7f-aaaaa' },
    container: 'app',
    previous: false,
    text,
  });
}

const EXTERNAL = document({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { type: 'ExternalName', externalName: 'origin.example.net', ports: [{ port: 80 }] },
});

test.each([
  ["Invalid HTTP_HOST header: 'shop.example.com:443'.", 400],
  ['[ActionDispatch::HostAuthorization] Blocked hosts: shop.example.com', 403],
  ['Blocked request. This host ("shop.example.com") is not allowed.', 403],
])('%s', async (text, status) => {
  const diagnosis = await overlay(appLog(`2026-03-02T11:58:00Z ERROR ${text}\n`));
  expect(rootsOf(diagnosis)).toEqual([RULE]);
  expect(statusOf(diagnosis)).toBe(status);
});

test('refusals of other hosts, or of long ago, are not its own', async () => {
  const other = appLog("2026-03-02T11:58:00Z ERROR Invalid HTTP_HOST header: '10.244.0.21'.\n");
  expect(rulesOf(await overlay(other))).not.toContain(RULE);
  const old = appLog("2026-03-02T08:00:00Z ERROR Invalid HTTP_HOST header: 'shop.example.com'.\n");
  expect(rulesOf(await overlay(old))).not.toContain(RULE);
});

test('the host that is sent is that of the annotation', async () => {
  const log = appLog("2026-03-02T11:58:00Z ERROR Invalid HTTP_HOST header: 'shop.example.com'.\n");
  expect(rulesOf(await overlay(nginx({ 'upstream-vhost': 'web.internal' }) + log))).not.toContain(RULE);
});

test('an outside name without a host of its own is a suspicion', async () => {
  expect(findingOf(await overlay(EXTERNAL), RULE)).toMatchObject({ severity: 'info', confidence: 'suspect' });
  const named = nginx({ 'upstream-vhost': 'origin.example.net' });
  expect(rulesOf(await overlay(EXTERNAL + named))).not.toContain(RULE);
  const tls = nginx({ 'upstream-vhost': 'origin.example.net', 'backend-protocol': 'HTTPS' });
  expect(rulesOf(await overlay(EXTERNAL + tls))).toContain(RULE);
});
