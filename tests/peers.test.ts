import { exitCodeOf } from '../src/cli/exit-code.ts';
import { findingOf, overlay, overlayAll, rootOf, rulesOf, statusOf } from './rules/check.ts';

/** Broken states that the tools which came before miss: each must be named here, as the first root cause. */

const ingress = (spec: string, name = 'web', created = '2026-02-10T00:00:00Z') => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: shop, creationTimestamp: "${created}" }
spec: ${spec}
status: { loadBalancer: { ingress: [{ ip: 203.0.113.10 }] } }
`;

const rules = (port: string) =>
  `[{ host: shop.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: ${port} } } }] } }]`;

const service = (port: string) => `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  type: ClusterIP
  clusterIP: 10.96.0.30
  selector: { app: web }
  ports: [${port}]
`;

const slice = (port: number) => `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: web-abcde, namespace: shop, labels: { kubernetes.io/service-name: web, endpointslice.kubernetes.io/managed-by: endpointslice-controller.k8s.io } }
addressType: IPv4
ports: [{ name: "", port: ${port}, protocol: TCP }]
endpoints:
  - { addresses: [10.244.0.21], conditions: { ready: true, serving: true, terminating: false }, nodeName: node1, targetRef: { kind: Pod, namespace: shop, name: web-6b7f-aaaaa } }
  - { addresses: [10.244.0.22], conditions: { ready: true, serving: true, terminating: false }, nodeName: node1, targetRef: { kind: Pod, namespace: shop, name: web-6b7f-bbbbb } }
`;

test('a port number that the Service, whose only port has no name, does not have', async () => {
  const diagnosis = await overlay(
    `${ingress(`{ ingressClassName: nginx, rules: ${rules('{ number: 8088 }')} }`)}---${service(
      '{ port: 80, targetPort: http, protocol: TCP }',
    )}---${slice(8080)}`,
  );
  expect(rootOf(diagnosis)).toBe('service-port-missing');
  expect(diagnosis.verdict).toBe('failing');
  expect(statusOf(diagnosis)).toBe(503);
});

test('one host and path in two Ingresses', async () => {
  const other = ingress(
    `{ ingressClassName: nginx, rules: ${rules('{ number: 80 }')} }`,
    'older',
    '2026-01-01T00:00:00Z',
  );
  const diagnosis = await overlay(other);
  const finding = findingOf(diagnosis, 'duplicate-host-path');
  expect(finding.object).toEqual({ kind: 'Ingress', namespace: 'shop', name: 'web' });
  // The older Ingress wins, and is named.
  expect(finding.message).toContain('shop/older');
});

describe('a default-deny NetworkPolicy', () => {
  const deny = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
`;

  test('keeps the controller out', async () => {
    const diagnosis = await overlay(deny);
    expect(rootOf(diagnosis)).toBe('netpol-ingress-deny');
    expect(findingOf(diagnosis, 'netpol-ingress-deny').confidence).not.toBe('suspect');
    expect(statusOf(diagnosis)).toBe(504);
    expect(diagnosis.verdict).toBe('failing');
  });

  test('does not, where another policy lets the controller in', async () => {
    const allow = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow-controller, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ingress-nginx } } }], ports: [{ port: 8080 }] }]
`;
    expect((await overlay(`${deny}---${allow}`)).verdict).toBe('healthy');
  });
});

describe('a numeric targetPort that nothing listens on', () => {
  const broken = `${service('{ name: http, port: 80, targetPort: 9999, protocol: TCP }')}---${slice(9999).replace('name: ""', 'name: http')}`;

  test('is likely by the objects alone', async () => {
    const diagnosis = await overlay(broken);
    expect(rootOf(diagnosis)).toBe('service-targetport-undeclared');
    expect(findingOf(diagnosis, 'service-targetport-undeclared').confidence).toBe('likely');
    expect(statusOf(diagnosis)).toBe(502);
  });

  test('is certain by the log of the controller', async () => {
    const log = `
apiVersion: gateway-doctor/v1
kind: PodLog
metadata: { namespace: ingress-nginx, name: ingress-nginx-controller-5c4d9-x8k2p }
container: controller
previous: false
text: |
  2026/03/02 11:58:04 [error] 34#34: *4711 connect() failed (111: Connection refused) while connecting to upstream, client: 198.51.100.7, server: shop.example.com, request: "GET / HTTP/1.1", upstream: "http://10.244.0.21:9999/", host: "shop.example.com"
`;
    const diagnosis = await overlay(`${broken}---${log}`);
    expect(rootOf(diagnosis)).toBe('service-targetport-undeclared');
    expect(findingOf(diagnosis, 'service-targetport-undeclared').confidence).toBe('certain');
    expect(diagnosis.verdict).toBe('failing');
  });
});

test('an IngressClass that is misspelt', async () => {
  const diagnosis = await overlay(ingress(`{ ingressClassName: ngnix, rules: ${rules('{ number: 80 }')} }`));
  expect(rootOf(diagnosis)).toBe('ingressclass-missing');
  expect(findingOf(diagnosis, 'ingressclass-missing').message).toContain('`nginx`');
  expect(statusOf(diagnosis)).toBe(404);
});

test('a certificate that is not for the host', async () => {
  const diagnosis = await overlay(`${ingress(
    `{ ingressClassName: nginx, tls: [{ hosts: [shop.example.com], secretName: web-tls }], rules: ${rules('{ number: 80 }')} }`,
  )}---
apiVersion: v1
kind: Secret
metadata: { name: web-tls, namespace: shop }
type: kubernetes.io/tls
keys: [tls.crt, tls.key]
certificates: [{ subject: CN=www.example.org, issuer: CN=Example, names: [www.example.org], notBefore: "2026-01-01T00:00:00Z", notAfter: "2026-12-31T00:00:00Z" }]
keyMatches: true
`);
  expect(rootOf(diagnosis)).toBe('tls-san-mismatch');
  expect(diagnosis.verdict).toBe('failing');
  expect(diagnosis.routes[0]?.prediction.symptom).toBe('untrusted-certificate');
});

describe('permissions withdrawn', () => {
  const secure = `${ingress(
    `{ ingressClassName: nginx, tls: [{ hosts: [shop.example.com], secretName: web-tls }], rules: ${rules('{ number: 80 }')} }`,
  )}---
apiVersion: v1
kind: Secret
metadata: { name: web-tls, namespace: shop }
type: kubernetes.io/tls
keys: [tls.crt, tls.key]
certificates: [{ subject: CN=shop.example.com, issuer: CN=Example, names: [shop.example.com], notBefore: "2026-01-01T00:00:00Z", notAfter: "2026-12-31T00:00:00Z" }]
keyMatches: true
`;
  const kinds = ['Pod', 'EndpointSlice', 'Service', 'IngressClass', 'Deployment', 'NetworkPolicy', 'Secret'];

  test('nothing is wrong while all may be read', async () => {
    const all = await overlayAll(secure);
    expect(all.map(({ verdict }) => verdict)).toEqual(['healthy']);
    expect(exitCodeOf(all.map(({ verdict }) => verdict))).toBe(0);
  });

  test.each([...kinds.map((kind) => [kind]), kinds])(
    'without %s the verdict is not healthy, the exit code 3',
    async (...forbidden) => {
      const all = await overlayAll(secure, { forbidden });
      expect(all.map(({ verdict }) => verdict)).toEqual(['unknown']);
      expect(exitCodeOf(all.map(({ verdict }) => verdict))).toBe(3);
      expect(all[0]?.notChecked.length).toBeGreaterThan(0);
    },
  );

  test('a Secret that may not be read is not said to be absent', async () => {
    const diagnosis = await overlay(secure, { forbidden: ['Secret'] });
    expect(rulesOf(diagnosis).filter((rule) => rule.startsWith('tls-'))).toEqual([]);
    expect(diagnosis.notChecked).toContainEqual(expect.objectContaining({ read: 'Secret shop/web-tls' }));
  });

  test('a fault is not made smaller by what may not be read', async () => {
    const gone = '# without: Service shop/web';
    const all = await overlayAll(gone, { forbidden: ['Pod', 'Secret', 'Event'] });
    expect(all.map(({ verdict }) => verdict)).toEqual(['failing']);
    expect(rootOf(await overlay(gone, { forbidden: ['Pod'] }))).toBe('service-missing');
  });
});
