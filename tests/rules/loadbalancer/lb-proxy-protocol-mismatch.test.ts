import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { cloudNode, nginxConfig, nginxLog } from '../clouds.ts';
import { nginxService } from '../controllers.ts';
import { document } from '../ingresses.ts';

const SENDS = { 'load-balancer.hetzner.cloud/uses-proxyprotocol': 'true' };
const PLAIN = nginxService({ address: '203.0.113.10' });
const SENDER = nginxService({ address: '203.0.113.10', annotations: SENDS });
const ON = nginxConfig({ 'use-proxy-protocol': 'true' });
const OFF = nginxConfig({});
// nginx logs the beginning of the connection as it came, with its line ends.
const BROKEN = nginxLog(
  '2026/03/02 11:59:00 [error] 31#31: *1 broken header: "GET / HTTP/1.1',
  'Host: shop.example.com',
  '',
  '" while reading PROXY protocol, client: 10.244.0.1, server: 0.0.0.0:80',
);
const SERVED =
  '10.0.0.9 - - [02/Mar/2026:11:59:30 +0000] "GET / HTTP/1.1" 200 12 "-" "curl/8" 90 0.001 [shop-web-http] [] 10.244.0.21:8080 12 0.001 200 0123456789abcdef0123456789abcdef';

test('answers 400 where only the load balancer speaks it', async () => {
  const diagnosis = await overlay(SENDER + OFF);
  expect(rootsOf(diagnosis)).toEqual(['lb-proxy-protocol-mismatch']);
  expect(statusOf(diagnosis)).toBe(400);
});

test('closes connections where only the controller does, as its log proves', async () => {
  const diagnosis = await overlay(PLAIN + ON + BROKEN);
  expect(findingOf(diagnosis, 'lb-proxy-protocol-mismatch').confidence).toBe('certain');
  expect(statusOf(diagnosis)).toBeNull();
});

test('numbers in its error lines are no answers', async () => {
  const failed = nginxLog(
    '2026/03/02 11:59:10 [error] 31#31: *2 connect() failed (111: Connection refused) while connecting to upstream, client: 10.244.0.1, server: shop.example.com, request: "GET / HTTP/1.1", upstream: "http://10.244.0.21:8080/", host: "shop.example.com"',
  );
  const diagnosis = await overlay(PLAIN + ON + cloudNode('hcloud://1') + failed);
  expect(rulesOf(diagnosis)).toContain('lb-proxy-protocol-mismatch');
});

test('is likely without the log where the cloud sends it only when asked', async () => {
  const diagnosis = await overlay(PLAIN + ON + cloudNode('hcloud://1'));
  expect(findingOf(diagnosis, 'lb-proxy-protocol-mismatch').confidence).toBe('likely');
});

test('cannot tell where the ConfigMap may not be read', async () => {
  const diagnosis = await overlay(SENDER, { forbidden: ['ConfigMap'] });
  expect(diagnosis.verdict).toBe('unknown');
});

test.each([
  ['both sides on', SENDER + ON + BROKEN],
  ['both sides off', PLAIN + OFF],
  ['a load balancer of which nothing is known', PLAIN + ON],
  ['requests that are served', PLAIN + ON + cloudNode('aws:///a/i-1') + nginxLog(SERVED)],
  ['node ports, whatever is in front of them', nginxService({ type: 'NodePort' }) + ON + BROKEN],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('lb-proxy-protocol-mismatch');
});

test("Traefik's entry points read the header only where a flag says so", async () => {
  const service = (annotations: object) =>
    document({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'traefik', namespace: 'traefik', annotations },
      spec: {
        type: 'LoadBalancer',
        selector: { 'app.kubernetes.io/name': 'traefik' },
        ports: [{ name: 'web', port: 80, targetPort: 'web' }],
      },
      status: { loadBalancer: { ingress: [{ ip: '203.0.113.10' }] } },
    });
  const diagnosis = await overlay(service(SENDS), { controller: 'traefik' });
  expect(rulesOf(diagnosis)).toContain('lb-proxy-protocol-mismatch');
  expect(rulesOf(await overlay(service({}), { controller: 'traefik' }))).not.toContain(
    'lb-proxy-protocol-mismatch',
  );
});
