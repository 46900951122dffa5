import { findingOf, overlay, rulesOf } from '../check.ts';
import { ingress } from '../ingresses.ts';

const NAME = 'path-implementation-specific';
const GKE = {
  change: (object: { readonly kind?: string; readonly spec?: object }) =>
    object.kind === 'Node' ? { ...object, spec: { ...object.spec, providerID: 'gce://p/z/n' } } : object,
};
const gke = (path: string, pathType = 'ImplementationSpecific') =>
  ingress({ className: null, path, pathType, annotations: { 'kubernetes.io/ingress.class': 'gce' } });

test('is a remark without a URL, and a cause for a URL beneath the path', async () => {
  const remark = await overlay(gke('/api'), GKE);
  expect(findingOf(remark, NAME).severity).toBe('info');
  expect(findingOf(remark, NAME).symptom).toBeUndefined();
  const asked = await overlay(gke('/api'), { ...GKE, url: 'http://shop.example.com/api/items' });
  expect(findingOf(asked, NAME).symptom).toBe('no-route');
});

test.each([
  ['the wildcard of GKE', '/api/*', 'ImplementationSpecific'],
  ['a Prefix', '/api', 'Prefix'],
  ['the root', '/', 'ImplementationSpecific'],
])('is silent on %s', async (_, path, pathType) => {
  expect(rulesOf(await overlay(gke(path, pathType), GKE))).not.toContain(NAME);
});

test('is silent on ingress-nginx, where it is a prefix', async () => {
  const specific = ingress({ path: '/api', pathType: 'ImplementationSpecific' });
  expect(rulesOf(await overlay(specific))).not.toContain(NAME);
  const other = await overlay(specific, { url: 'http://shop.example.com/other' });
  expect(rulesOf(other)).not.toContain(NAME);
});
