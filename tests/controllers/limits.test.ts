import { limitOf } from '../../src/controllers/limits.ts';
import type { Settings } from '../../src/controllers/profile.ts';

const NONE: Settings = new Map();
const READ = 'nginx.ingress.kubernetes.io/proxy-read-timeout';

function ingress(annotations: Readonly<Record<string, string>> = {}) {
  return { kind: 'Ingress', metadata: { annotations } };
}

test('the annotation wins over the setting, and the setting over the default', () => {
  const settings = new Map([['proxy-read-timeout', '90']]);
  expect(limitOf('read-timeout', 'ingress-nginx', ingress({ [READ]: ' 5 ' }), undefined, settings)).toEqual({
    value: '5',
    from: 'ingress',
    name: READ,
  });
  expect(limitOf('read-timeout', 'ingress-nginx', ingress({ [READ]: '' }), undefined, settings)).toEqual({
    value: '90',
    from: 'instance',
    name: 'proxy-read-timeout',
  });
  expect(limitOf('read-timeout', 'ingress-nginx', ingress(), undefined, NONE)).toEqual({
    value: '60',
    from: 'default',
    name: 'proxy-read-timeout',
  });
});

test("HAProxy Ingress reads the Service's annotation before the Ingress's", () => {
  const key = 'haproxy-ingress.github.io/timeout-server';
  const service = { kind: 'Service', metadata: { annotations: { [key]: '2m' } } };
  const limit = limitOf('read-timeout', 'haproxy-ingress', ingress({ [key]: '9s' }), service, NONE);
  expect(limit).toEqual({ value: '2m', from: 'service', name: key });
});

test('ingress-nginx reads none from a Service', () => {
  const service = { kind: 'Service', metadata: { annotations: { [READ]: '2' } } };
  expect(limitOf('read-timeout', 'ingress-nginx', ingress(), service, NONE)?.from).toBe('default');
});

test.each([
  ['traefik', 'read-timeout'],
  ['traefik', 'body-size'],
  ['haproxy-ingress', 'body-size'],
  ['gke', 'read-timeout'],
] as const)('%s has no %s', (product, name) => {
  expect(limitOf(name, product, ingress(), undefined, NONE)).toBeUndefined();
});
