import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { ingress } from '../ingresses.ts';

const API = ingress({ path: '/api' });

test('reports a path that goes on without a slash', async () => {
  const diagnosis = await overlay(API, { url: 'http://shop.example.com/apis/v1' });
  expect(rootsOf(diagnosis)).toEqual(['path-prefix-element-boundary']);
  const { fix } = findingOf(diagnosis, 'path-prefix-element-boundary');
  expect(fix?.commands[0]?.run).toContain('"path":"/apis"');
});

test.each(['/api', '/api/', '/api/items', '/other'])('is silent on %s', async (path) => {
  const diagnosis = await overlay(API, { url: `http://shop.example.com${path}` });
  expect(rulesOf(diagnosis)).not.toContain('path-prefix-element-boundary');
});

test('is silent on Traefik, which compares letter by letter', async () => {
  const diagnosis = await overlay(API, { url: 'http://shop.example.com/apis', controller: 'traefik' });
  expect(diagnosis.verdict).toBe('healthy');
});
