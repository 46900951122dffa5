import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { ingress } from '../ingresses.ts';

const NAME = 'canary-without-primary';
const CANARY = {
  'nginx.ingress.kubernetes.io/canary': 'true',
  'nginx.ingress.kubernetes.io/canary-weight': '10',
};

test('meets 404 alone', async () => {
  const diagnosis = await overlay(ingress({ annotations: CANARY }));
  expect(rootsOf(diagnosis)).toEqual([NAME]);
  expect(statusOf(diagnosis)).toBe(404);
});

test('needs the same pathType as well as the same path', async () => {
  const main = ingress({ name: 'main', service: 'main', path: '/api', pathType: 'Exact' });
  const diagnosis = await overlay(ingress({ annotations: CANARY, path: '/api' }) + main);
  expect(findingOf(diagnosis, NAME).symptom).toBe('wrong-backend');
});

test('leaves its requests to the path that takes them', async () => {
  const main = ingress({ name: 'main', service: 'main' });
  const diagnosis = await overlay(ingress({ annotations: CANARY, path: '/api' }) + main);
  expect(findingOf(diagnosis, NAME).symptom).toBe('wrong-backend');
});

test.each([
  ['a main Ingress', ingress({ name: 'main', service: 'main' })],
  ['a main Ingress of another namespace', ingress({ name: 'main', namespace: 'attic', service: 'main' })],
])('is silent beside %s', async (_, main) => {
  expect(rulesOf(await overlay(ingress({ annotations: CANARY }) + main))).not.toContain(NAME);
});

test('is silent on an Ingress that is none, and on another controller', async () => {
  const off = { 'nginx.ingress.kubernetes.io/canary': 'false' };
  expect(rulesOf(await overlay(ingress({ annotations: off })))).not.toContain(NAME);
  const contour = await overlay(ingress({ annotations: CANARY }), { controller: 'contour' });
  expect(rulesOf(contour)).not.toContain(NAME);
});

test('a URL is traced to the main Ingress, however old the canary is', async () => {
  const main = ingress({ name: 'main', created: '2026-02-20T00:00:00Z' });
  const diagnosis = await overlay(ingress({ annotations: CANARY }) + main, {
    url: 'http://shop.example.com/',
  });
  expect(diagnosis.target.name).toBe('main');
});
