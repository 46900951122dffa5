import { findingOf, overlay, rulesOf } from '../check.ts';
import { ingress } from '../ingresses.ts';

const NAME = 'canary-misweighted';
const MAIN = ingress({ name: 'main', service: 'main' });

function canary(more: Readonly<Record<string, string>>, parts: object = {}): string {
  const keys = Object.entries(more).map(([key, value]) => [
    `nginx.ingress.kubernetes.io/canary${key}`,
    value,
  ]);
  const annotations = { 'nginx.ingress.kubernetes.io/canary': 'true', ...Object.fromEntries(keys) };
  return ingress({ annotations, ...parts });
}

test.each([
  ['no weight', {}],
  ['weight 0', { '-weight': '0' }],
  ['the whole weight', { '-weight': '100' }],
  ['the whole of another total', { '-weight': '10', '-weight-total': '10' }],
])('remarks on %s', async (_, keys) => {
  const diagnosis = await overlay(MAIN + canary(keys));
  expect(findingOf(diagnosis, NAME).severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

test('knows the second canary of a path', async () => {
  const second = canary(
    { '-weight': '10' },
    { name: 'older', service: 'older', created: '2025-01-01T00:00:00Z' },
  );
  const diagnosis = await overlay(MAIN + second + canary({ '-weight': '10' }));
  expect(findingOf(diagnosis, NAME).evidence).toContainEqual(
    expect.objectContaining({ object: { kind: 'Ingress', namespace: 'shop', name: 'older' } }),
  );
});

test.each([
  ['a share', { '-weight': '10' }],
  ['a header', { '-by-header': 'x-canary' }],
  ['a cookie beside weight 0', { '-weight': '0', '-by-cookie': 'canary' }],
])('is silent on %s', async (_, keys) => {
  expect(rulesOf(await overlay(MAIN + canary(keys)))).not.toContain(NAME);
});
