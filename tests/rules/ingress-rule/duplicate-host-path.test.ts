import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { ingress } from '../ingresses.ts';

const OLDER = { name: 'old', service: 'old', created: '2025-01-01T00:00:00Z' } as const;

test('lets the older Ingress answer', async () => {
  const diagnosis = await overlay(ingress(OLDER));
  expect(rootsOf(diagnosis)).toEqual(['duplicate-host-path']);
  expect(diagnosis.routes[0]?.prediction.symptom).toBe('wrong-backend');
});

test('compares hosts in lower case, and across namespaces', async () => {
  const diagnosis = await overlay(ingress({ ...OLDER, namespace: 'attic', host: 'Shop.Example.com' }));
  expect(rulesOf(diagnosis)).toContain('duplicate-host-path');
});

test.each([
  ['the other one is younger', { ...OLDER, created: '2026-02-20T00:00:00Z' }],
  ['both lead to the same Service', { ...OLDER, service: 'web' }],
])('is a remark where %s', async (_, other) => {
  const diagnosis = await overlay(ingress(other));
  expect(findingOf(diagnosis, 'duplicate-host-path').severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

test('foretells no winner on Contour', async () => {
  const diagnosis = await overlay(ingress(OLDER), { controller: 'contour' });
  expect(findingOf(diagnosis, 'duplicate-host-path').partial).toBe(true);
  expect(diagnosis.verdict).toBe('degraded');
});

test.each([
  ['a canary', { ...OLDER, annotations: { 'nginx.ingress.kubernetes.io/canary': 'true' } }],
  ['another class', { ...OLDER, className: 'other' }],
  ['another pathType', { ...OLDER, pathType: 'Exact' }],
  ['another path', { ...OLDER, path: '/old' }],
])('is silent on %s', async (_, other) => {
  expect(rulesOf(await overlay(ingress(other)))).not.toContain('duplicate-host-path');
});

test('is silent where each Ingress has a load balancer of its own', async () => {
  const change = (object: { readonly kind?: string; readonly spec?: object }) =>
    object.kind === 'Node' ? { ...object, spec: { ...object.spec, providerID: 'gce://p/z/n' } } : object;
  const gce = { className: null, annotations: { 'kubernetes.io/ingress.class': 'gce' } };
  const both = ingress(gce) + ingress({ ...OLDER, ...gce });
  expect(rulesOf(await overlay(both, { change }))).not.toContain('duplicate-host-path');
});
