import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { ingress } from '../ingresses.ts';

const NAME = 'path-shadowed';
const PRIORITY = { 'traefik.ingress.kubernetes.io/router.priority': '1000' };

test('reports a path that never gets a request', async () => {
  const both = ingress({ path: '/shop' }) + ingress({ name: 'all', service: 'all', annotations: PRIORITY });
  const diagnosis = await overlay(both, { controller: 'traefik' });
  expect(rootsOf(diagnosis)).toEqual([NAME]);
  expect(findingOf(diagnosis, NAME).symptom).toBe('wrong-backend');
});

test('says nothing of a path that only loses a part', async () => {
  const longer = ingress({ name: 'api', service: 'api', path: '/shop/api' });
  expect(rulesOf(await overlay(ingress({ path: '/shop' }) + longer))).not.toContain(NAME);
  const exact = ingress({ name: 'api', service: 'api', path: '/shop', pathType: 'Exact' });
  expect(rulesOf(await overlay(ingress({ path: '/shop' }) + exact))).not.toContain(NAME);
});

test.each([
  ['the same Service', { service: 'web' }],
  ['another class', { className: 'other' }],
  ['another host', { host: 'b.example.com' }],
  ['the same path, which is a duplicate', { path: '/shop', annotations: {} }],
])('is silent on %s', async (_, parts) => {
  const other = ingress({ name: 'all', service: 'all', annotations: PRIORITY, ...parts });
  const diagnosis = await overlay(ingress({ path: '/shop' }) + other, { controller: 'traefik' });
  expect(rulesOf(diagnosis)).not.toContain(NAME);
});

test('is silent on a canary of ingress-nginx and on what has another load balancer', async () => {
  const canary =
    ingress({ name: 'main', service: 'main' }) +
    ingress({
      annotations: {
        'nginx.ingress.kubernetes.io/canary': 'true',
        'nginx.ingress.kubernetes.io/canary-weight': '10',
      },
    });
  expect(rulesOf(await overlay(canary))).not.toContain(NAME);
});
