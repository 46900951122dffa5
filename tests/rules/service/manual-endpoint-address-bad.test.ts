import { findingOf, overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { CONTROLLER_POD, documents, manualSlice, podLog, service } from '../shop-objects.ts';

const GONE = '# without: EndpointSlice shop/web-abcde\n';
const MANUAL = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { clusterIP: '10.96.0.30', ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }] },
};

function log(text: string, upstream = '192.0.2.77'): object {
  const line = `2026/03/02 11:59:20 [error] 31#31: *88 ${text} while connecting to upstream, client: 198.51.100.7, server: shop.example.com, request: "GET / HTTP/1.1", upstream: "http://${upstream}:8080/", host: "shop.example.com"\n`;
  return podLog('ingress-nginx', CONTROLLER_POD, 'controller', line);
}

test.each([
  ['connect() failed (111: Connection refused)', 502],
  ['connect() failed (113: Host is unreachable)', 502],
  ['upstream timed out (110: Operation timed out)', 504],
])('%s: %d', async (text, status) => {
  const diagnosis = await overlay(
    GONE + documents(MANUAL, manualSlice('web-manual', 'http', '192.0.2.77'), log(text)),
  );
  expect(rootOf(diagnosis)).toBe('manual-endpoint-address-bad');
  expect(statusOf(diagnosis)).toBe(status);
  expect(findingOf(diagnosis, 'manual-endpoint-address-bad').object).toMatchObject({ name: 'web-manual' });
});

test.each([
  ['127.0.0.1', 'certain'],
  ['10.96.0.30', 'certain'],
])('%s cannot work', async (address, confidence) => {
  const diagnosis = await overlay(GONE + documents(MANUAL, manualSlice('web-manual', 'http', address)));
  expect(findingOf(diagnosis, 'manual-endpoint-address-bad')).toMatchObject({ confidence });
});

test('the address of a Pod that is not ready is a bad one', async () => {
  const change = (object: object) => {
    const { kind, metadata } = object as {
      readonly kind?: string;
      readonly metadata?: { readonly name?: string };
    };
    if (kind !== 'Pod' || metadata?.name !== 'web-6b7f-aaaaa') return object;
    return { ...object, status: { phase: 'Failed', podIP: '10.244.0.21', podIPs: [{ ip: '10.244.0.21' }] } };
  };
  const yaml = GONE + documents(MANUAL, manualSlice('web-manual', 'http', '10.244.0.21'));
  expect(rootOf(await overlay(yaml, { change }))).toBe('manual-endpoint-address-bad');
  expect(rulesOf(await overlay(yaml))).not.toContain('manual-endpoint-address-bad');
});

test('an address outside the cluster is what such slices are for', async () => {
  const other = log('connect() failed (111: Connection refused)', '192.0.2.7');
  const diagnosis = await overlay(
    GONE + documents(MANUAL, manualSlice('web-manual', 'http', '192.0.2.77'), other),
  );
  expect(rulesOf(diagnosis)).not.toContain('manual-endpoint-address-bad');
  expect(diagnosis.verdict).toBe('healthy');
});

test('an address that answered since is up again', async () => {
  const { text, ...rest } = log('connect() failed (111: Connection refused)') as { readonly text: string };
  const answer =
    '198.51.100.7 - - [02/Mar/2026:11:59:40 +0000] "GET / HTTP/1.1" 200 14 "-" "curl/8.5" 91 0.012 [shop-web-80] [] 192.0.2.77:8080 14 0.003 200 5c1f\n';
  const objects = [MANUAL, manualSlice('web-manual', 'http', '192.0.2.77'), { ...rest, text: text + answer }];
  const diagnosis = await overlay(GONE + documents(...objects));
  expect(rulesOf(diagnosis)).not.toContain('manual-endpoint-address-bad');
});

test('beside addresses of Pods only a share of the requests is hit', async () => {
  const diagnosis = await overlay(
    documents(
      service(),
      manualSlice('web-manual', 'http', '192.0.2.77'),
      log('connect() failed (111: Connection refused)'),
    ),
  );
  expect(findingOf(diagnosis, 'manual-endpoint-address-bad').partial).toBe(true);
  expect(rootOf(diagnosis)).toBe('manual-endpoint-address-bad');
});
