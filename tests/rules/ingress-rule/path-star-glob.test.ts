import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { ingress } from '../ingresses.ts';

const STAR = ingress({ path: '/api/*' });
const NAME = 'path-star-glob';

test('reports a literal star with and without a URL', async () => {
  for (const options of [{}, { url: 'http://shop.example.com/api/items' }]) {
    const diagnosis = await overlay(STAR, options);
    expect(rootsOf(diagnosis)).toEqual([NAME]);
    expect(statusOf(diagnosis)).toBe(404);
  }
});

test('offers the same path as a prefix', async () => {
  const { fix } = findingOf(await overlay(STAR), NAME);
  expect(fix?.commands[0]?.run).toContain('"value":"/api"');
  const root = findingOf(await overlay(ingress({ path: '/*' })), NAME);
  expect(root.fix?.commands[0]?.run).toContain('"value":"/"');
});

test('names the broader path that takes the requests, by URL as well', async () => {
  const both = ingress({ name: 'front', service: 'front' }) + STAR;
  expect(findingOf(await overlay(both), NAME).symptom).toBe('wrong-backend');
  const byUrl = await overlay(both, { url: 'http://shop.example.com/api/items' });
  expect(findingOf(byUrl, NAME).object.name).toBe('web');
});

test('is a remark where the broader path leads to the same Service', async () => {
  const diagnosis = await overlay(ingress({ name: 'all' }) + STAR);
  expect(findingOf(diagnosis, NAME).severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

test.each([
  [
    'a regular expression',
    {
      path: '/api/.*',
      pathType: 'ImplementationSpecific',
      annotations: { 'nginx.ingress.kubernetes.io/use-regex': 'true' },
    },
  ],
  [
    'a star in an expression that takes its requests',
    {
      path: '/api/*',
      pathType: 'ImplementationSpecific',
      annotations: { 'nginx.ingress.kubernetes.io/use-regex': 'true' },
    },
  ],
  ['a plain path', { path: '/api' }],
])('is silent on %s', async (_, parts) => {
  expect(rulesOf(await overlay(ingress(parts)))).not.toContain(NAME);
});

test('is silent on GKE, whose wildcard it is, and refused there as a Prefix', async () => {
  const gke = (pathType: string) =>
    ingress({
      className: null,
      path: '/api/*',
      pathType,
      annotations: { 'kubernetes.io/ingress.class': 'gce' },
    });
  const change = (object: { readonly kind?: string; readonly spec?: object }) =>
    object.kind === 'Node' ? { ...object, spec: { ...object.spec, providerID: 'gce://p/z/n' } } : object;
  expect(rulesOf(await overlay(gke('ImplementationSpecific'), { change }))).not.toContain(NAME);
  expect(findingOf(await overlay(gke('Prefix'), { change }), NAME).symptom).toBe('not-served');
});
