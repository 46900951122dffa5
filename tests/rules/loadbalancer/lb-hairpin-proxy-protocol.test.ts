import { findingOf, overlay, rulesOf } from '../check.ts';
import { nginxConfig, nginxLog } from '../clouds.ts';
import { nginxService } from '../controllers.ts';

const ON = nginxConfig({ 'use-proxy-protocol': 'true' });
const annotations = { 'service.beta.kubernetes.io/do-loadbalancer-enable-proxy-protocol': 'true' };
const SENDER = nginxService({ address: '203.0.113.10', annotations });
const BROKEN = nginxLog(
  '2026/03/02 11:59:00 [error] 31#31: *1 broken header: "GET / HTTP/1.1" while reading PROXY protocol, client: 10.244.0.1',
);

test('is a remark by the settings alone', async () => {
  expect(findingOf(await overlay(SENDER + ON), 'lb-hairpin-proxy-protocol')).toMatchObject({
    severity: 'info',
    confidence: 'suspect',
  });
});

test('is likely where connections miss the header although the load balancer sends it', async () => {
  const diagnosis = await overlay(SENDER + ON + BROKEN);
  expect(findingOf(diagnosis, 'lb-hairpin-proxy-protocol').confidence).toBe('likely');
  expect(diagnosis.verdict).toBe('healthy');
});

test.each([
  ['a controller that expects no header', SENDER + nginxConfig({})],
  [
    'an address that Nodes do not answer themselves',
    nginxService({
      annotations,
      status: { loadBalancer: { ingress: [{ ip: '203.0.113.10', ipMode: 'Proxy' }] } },
    }) + ON,
  ],
  ['a load balancer that sends none', nginxService({ address: '203.0.113.10' }) + ON],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('lb-hairpin-proxy-protocol');
});
