import { findingOf, overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { documents, endpoint, POD_A, POD_B, pod, podLog, policy, slice } from '../shop-objects.ts';

const dns = {
  to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }],
  ports: [{ protocol: 'UDP', port: 53 }],
};
const ofWeb = (...egress: readonly object[]) =>
  policy('web', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress });
const ofController = (...egress: readonly object[]) =>
  policy('controller', { podSelector: {}, policyTypes: ['Egress'], egress }, 'ingress-nginx');

test("keeps the controller from the backend's port", async () => {
  const diagnosis = await overlay(documents(ofController(dns, { ports: [{ port: 80 }] })));
  expect(rootOf(diagnosis)).toBe('netpol-egress-deny');
  expect(statusOf(diagnosis)).toBe(504);
});

test.each([
  ['to everywhere', {}],
  ['to the Pod port', { ports: [{ port: 8080 }] }],
  ['to the Pods', { to: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'web' } } }] }],
])('a rule %s lets it through', async (_, rule) => {
  expect(rulesOf(await overlay(documents(ofController(rule))))).toEqual([]);
});

test('an application that needs no DNS is healthy without it', async () => {
  const diagnosis = await overlay(documents(ofWeb()));
  expect(findingOf(diagnosis, 'netpol-egress-deny').severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

test.each([
  ['to kube-system', dns],
  [
    'to the DNS Pods',
    { ...dns, to: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }] },
  ],
  [
    'to an address',
    { to: [{ ipBlock: { cidr: '169.254.20.10/32' } }], ports: [{ protocol: 'UDP', port: 53 }] },
  ],
  ['on port 53', { ports: dns.ports }],
])('a rule %s lets lookups through', async (_, rule) => {
  expect(rulesOf(await overlay(documents(ofWeb(rule))))).toEqual([]);
});

test('a failed lookup in the log makes it the cause of Pods that are not ready', async () => {
  const unready = { ready: false, serving: false };
  const down = { ready: false, since: '2026-03-02T11:00:00Z' };
  const yaml = documents(
    ofWeb({ to: [{ podSelector: {} }] }),
    slice([endpoint('10.244.0.21', POD_A, unready), endpoint('10.244.0.22', POD_B, unready)]),
    pod(POD_A, down),
    pod(POD_B, { ...down, ip: '10.244.0.22' }),
    podLog('shop', POD_A, 'app', 'ERROR getaddrinfo EAI_AGAIN postgres.shop.svc.cluster.local'),
  );
  const diagnosis = await overlay(yaml);
  expect(rootOf(diagnosis)).toBe('netpol-egress-deny');
  expect(diagnosis.rootCauses[0]?.explained.map(({ rule }) => rule)).toContain('endpoints-all-not-ready');
});
