import { clusterServiceOf, isLoopbackName, isSingleLabel } from '../../src/kubernetes/external-name.ts';

test.each(['web.shop.svc', 'web.shop.svc.cluster.local', 'WEB.shop.svc.cluster.local.'])(
  '%s names Service shop/web',
  (name) => {
    expect(clusterServiceOf(name)).toEqual({ namespace: 'shop', name: 'web' });
  },
);

test.each([
  'web.shop',
  'web.shop.svc.example.com',
  'web-0.web.shop.svc.cluster.local',
  'example.com',
  '',
  undefined,
])('%s names no Service that can be told', (name) => {
  expect(clusterServiceOf(name)).toBeUndefined();
});

test('whoever looks localhost or a loopback address up finds itself', () => {
  expect(['localhost', 'LOCALHOST.', '127.0.0.1', '::1'].filter((name) => !isLoopbackName(name))).toEqual([]);
  expect(['localhost.example.com', '10.0.0.1', 'local'].filter(isLoopbackName)).toEqual([]);
});

test('an address has no labels', () => {
  expect(['db', 'db.'].filter((name) => !isSingleLabel(name))).toEqual([]);
  expect(['db.shop', '10.0.0.1', 'fd00::1'].filter(isSingleLabel)).toEqual([]);
});
