import { findingOf, overlay, rootOf, rootsOf, rulesOf, statusOf } from '../check.ts';
import { CONTROLLER_POD, documents, podLog, service } from '../shop-objects.ts';

const GONE = '# without: EndpointSlice shop/web-abcde\n';

function external(externalName: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { type: 'ExternalName', externalName, ports: [{ name: 'http', port: 80, targetPort: 80 }] },
  };
}

test.each(['api.shop.svc.cluster.local', 'api.other.svc', 'API.other.svc.cluster.local.'])(
  '%s names a Service that does not exist',
  async (name) => {
    const diagnosis = await overlay(GONE + documents(external(name)));
    expect(rootOf(diagnosis)).toBe('externalname-unresolvable');
    expect(statusOf(diagnosis)).toBe(503);
  },
);

test.each([
  ['shop', 'api.shop.svc.cluster.local'],
  ['other', 'api.other.svc'],
])('a Service of namespace %s that exists is found', async (namespace, name) => {
  const diagnosis = await overlay(GONE + documents(external(name), service({}, 'api', namespace)));
  expect(rulesOf(diagnosis)).not.toContain('externalname-unresolvable');
  expect(diagnosis.verdict).toBe('healthy');
});

test.each(['localhost', '127.0.0.1'])('%s would be the controller itself', async (name) => {
  const diagnosis = await overlay(GONE + documents(external(name)));
  expect(findingOf(diagnosis, 'externalname-unresolvable')).toMatchObject({ confidence: 'certain' });
  expect(statusOf(diagnosis)).toBe(503);
});

const failure = (name: string) =>
  `2026/03/02 11:59:00 [error] 30#30: *7 [lua] dns.lua:152: dns_lookup(): failed to query the DNS server for ${name}:\n`;

test('a lookup that failed, in the words of the controller, tells of any name', async () => {
  const log = podLog('ingress-nginx', CONTROLLER_POD, 'controller', failure('api.example.net'));
  const diagnosis = await overlay(GONE + documents(external('api.example.net'), log));
  expect(findingOf(diagnosis, 'externalname-unresolvable').confidence).toBe('likely');
});

test.each(['api.example.net', '203.0.113.9', 'cdn.example.svc.example.net'])(
  'nothing is said of %s, whatever other names do not resolve',
  async (name) => {
    const log = podLog('ingress-nginx', CONTROLLER_POD, 'controller', failure('old-api.example.net'));
    const diagnosis = await overlay(GONE + documents(external(name), log));
    expect(rulesOf(diagnosis)).not.toContain('externalname-unresolvable');
    expect(diagnosis.verdict).toBe('healthy');
  },
);

test('a request that was answered since shows that it was a moment only', async () => {
  const answer =
    '198.51.100.7 - - [02/Mar/2026:11:59:30 +0000] "GET / HTTP/1.1" 200 14 "-" "curl/8.5" 91 0.012 [shop-web-80] [] 203.0.113.9:80 14 0.003 200 5c1f\n';
  const log = podLog('ingress-nginx', CONTROLLER_POD, 'controller', failure('api.example.net') + answer);
  const diagnosis = await overlay(GONE + documents(external('api.example.net'), log));
  expect(rulesOf(diagnosis)).not.toContain('externalname-unresolvable');
});

test('one label is completed by the namespace of the controller', async () => {
  const yaml = GONE + documents(external('api'), service({}, 'api'));
  expect(findingOf(await overlay(yaml), 'externalname-unresolvable').confidence).toBe('suspect');
});

test('a controller that refuses such Services looks nothing up', async () => {
  const yaml = GONE + documents(external('api.other.svc'));
  expect(rulesOf(await overlay(yaml, { controller: 'contour' }))).not.toContain('externalname-unresolvable');
});

test('where cluster DNS is down, that is why a lookup failed', async () => {
  const slices = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: 'kube-dns-fghij',
      namespace: 'kube-system',
      labels: { 'kubernetes.io/service-name': 'kube-dns' },
    },
    addressType: 'IPv4',
    endpoints: null,
    ports: null,
  };
  const log = podLog('ingress-nginx', CONTROLLER_POD, 'controller', failure('api.example.net'));
  const diagnosis = await overlay(GONE + documents(external('api.example.net'), log, slices));
  expect(rulesOf(diagnosis)).toContain('externalname-unresolvable');
  expect(rootsOf(diagnosis)).toEqual(['coredns-down']);
});
