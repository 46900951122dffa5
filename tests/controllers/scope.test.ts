import { profileFor } from '../../src/controllers/index.ts';
import type { Product } from '../../src/controllers/profile.ts';
import { outOfScope, type Place, selectsNamespaces } from '../../src/controllers/scope.ts';

const SHOP: Place = { namespace: 'shop', namespaceLabels: { team: 'web' }, ingressLabels: { edge: 'yes' } };

function watcher(product: Product, flag: string, value: string) {
  return { profile: profileFor(product), namespace: 'own', settings: new Map([[flag, value]]) };
}

const NAMES: readonly (readonly [Product, string])[] = [
  ['ingress-nginx', 'watch-namespace'],
  ['f5-nginx', 'watch-namespace'],
  ['haproxy-ingress', 'watch-namespace'],
  ['contour', 'watch-namespaces'],
  ['traefik', 'providers.kubernetesingress.namespaces'],
  ['aws-alb', 'watch-namespace'],
];

test.each(NAMES)('%s looks at the namespaces of --%s alone', (product, flag) => {
  expect(outOfScope(watcher(product, flag, 'pay, shop'), SHOP)).toBeUndefined();
  expect(outOfScope(watcher(product, flag, 'pay,shops'), SHOP)).toEqual({ flag, value: 'pay,shops' });
  expect(outOfScope(watcher(product, flag, ' '), SHOP)).toBeUndefined();
});

test('$(POD_NAMESPACE) is its own namespace, other variables are not known', () => {
  const own = watcher('ingress-nginx', 'watch-namespace', '$(POD_NAMESPACE)');
  expect(outOfScope(own, SHOP)).toBeDefined();
  expect(outOfScope(own, { ...SHOP, namespace: 'own' })).toBeUndefined();
  expect(outOfScope(watcher('ingress-nginx', 'watch-namespace', '$(WHERE)'), SHOP)).toBeUndefined();
});

test.each([
  ['ingress-nginx', 'watch-namespace-selector'],
  ['f5-nginx', 'watch-namespace-label'],
] as const)('%s chooses namespaces by --%s', (product, flag) => {
  expect(outOfScope(watcher(product, flag, 'team=web'), SHOP)).toBeUndefined();
  expect(outOfScope(watcher(product, flag, 'team!=web'), SHOP)).toBeDefined();
  expect(selectsNamespaces(watcher(product, flag, 'team=web'))).toBe(true);
});

test.each([
  ['the labels are not known', 'team=pay', { namespace: 'shop' }],
  ['the selector cannot be read', '((', SHOP],
])('nothing is left out where %s', (_, selector, place) => {
  expect(outOfScope(watcher('ingress-nginx', 'watch-namespace-selector', selector), place)).toBeUndefined();
});

test('Traefik chooses Ingresses by label', () => {
  const flag = 'providers.kubernetesingress.labelselector';
  expect(outOfScope(watcher('traefik', flag, 'edge=yes'), SHOP)).toBeUndefined();
  expect(outOfScope(watcher('traefik', flag, 'edge=no'), SHOP)).toBeDefined();
});
