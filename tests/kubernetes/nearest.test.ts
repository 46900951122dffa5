import {
  compareLabels,
  editDistance,
  nameDistance,
  nearest,
  nearestLabels,
} from '../../src/kubernetes/nearest.ts';

test('edit distance counts inserted, deleted, replaced and swapped letters', () => {
  expect(editDistance('', 'abc')).toBe(3);
  expect(editDistance('kitten', 'sitting')).toBe(3);
  expect(editDistance('web', 'web')).toBe(0);
  expect(editDistance('ngnix', 'nginx')).toBe(1);
});

test.each([
  ['Web_App', 'web-app', 0],
  ['checkout', 'chekout', 1],
  ['web', 'webapp', 3],
  ['web', 'shop-web', 3],
  ['web', 'webb', 1],
  ['web', 'wbe', 1],
  ['shop', 'shpo', 1],
  ['api', 'app', undefined],
  ['web', 'api', undefined],
  ['orders', 'payments', undefined],
])('%s and %s are %s apart', (a, b, expected) => {
  expect(nameDistance(a, b)).toBe(expected);
  expect(nameDistance(b, a)).toBe(expected);
});

test('the nearest of several names', () => {
  expect(nearest('web', ['api', 'web-frontend', 'wweb'])).toBe('wweb');
  expect(nearest('web', ['api', 'db'])).toBeUndefined();
});

test('labels are compared pair by pair', () => {
  const comparisons = compareLabels(
    { app: 'web', tier: 'front', 'app.kubernetes.io/name': 'shop', env: 'prod', zone: 'a' },
    { app: 'web', tier: 'front-end', app2: 'shop', env: 'test' },
  );
  expect(comparisons.map(({ key, outcome }) => [key, outcome])).toEqual([
    ['app', 'equal'],
    ['tier', 'similar'],
    ['app.kubernetes.io/name', 'renamed'],
    ['env', 'different'],
    ['zone', 'absent'],
  ]);
});

describe('nearestLabels', () => {
  const candidate = (name: string, labels: Record<string, string>) => ({ name, labels });

  test('passes over another application that only shares a common label', () => {
    const candidates = [
      candidate('api', { 'app.kubernetes.io/part-of': 'shop', 'app.kubernetes.io/name': 'api' }),
    ];
    const selector = { 'app.kubernetes.io/part-of': 'shop', 'app.kubernetes.io/name': 'web' };
    expect(nearestLabels(selector, 'web', candidates)).toBeUndefined();
  });

  test('takes the same application of another environment', () => {
    const candidates = [
      candidate('web-v2', { app: 'web', env: 'staging' }),
      candidate('api', { app: 'api', env: 'prod' }),
    ];
    expect(nearestLabels({ app: 'web', env: 'prod' }, 'web', candidates)?.candidate.name).toBe('web-v2');
  });

  test("takes what bears the Service's name, whatever its labels", () => {
    expect(nearestLabels({ app: 'frontend' }, 'web', [candidate('web', { run: 'x' })])?.candidate.name).toBe(
      'web',
    );
  });
});
