import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { ingress } from '../ingresses.ts';

const EXACT = ingress({ path: '/api', pathType: 'Exact' });

test.each(['/api/', '/api/items'])('reports %s for an Exact path /api', async (path) => {
  const diagnosis = await overlay(EXACT, { url: `http://shop.example.com${path}` });
  expect(rootsOf(diagnosis)).toEqual(['path-exact-vs-subpath']);
});

test.each(['/api', '/apis', '/other'])('is silent on %s', async (path) => {
  const diagnosis = await overlay(EXACT, { url: `http://shop.example.com${path}` });
  expect(rulesOf(diagnosis)).not.toContain('path-exact-vs-subpath');
});

test('is silent where a Prefix of another Ingress takes the rest', async () => {
  const rest = ingress({ name: 'rest', path: '/' });
  const diagnosis = await overlay(EXACT + rest, { url: 'http://shop.example.com/api/items' });
  expect(diagnosis.target.name).toBe('rest');
  expect(diagnosis.verdict).toBe('healthy');
});

test('shows the nearest path first, and the others of the host once each', async () => {
  const others = ingress({ name: 'others', path: '/other' });
  const diagnosis = await overlay(EXACT + others, { url: 'http://shop.example.com/api/items' });
  const shown = findingOf(diagnosis, 'path-exact-vs-subpath').evidence.slice(1);
  expect(shown.map(({ object }) => object.name)).toEqual(['web', 'others']);
});
