import { CATALOGUES } from '../../../src/controllers/annotations/products.ts';
import {
  annotation,
  annotationsOf,
  booleanAnnotation,
  catalogueOf,
  findAnnotation,
  listAnnotation,
  numberAnnotation,
} from '../../../src/controllers/annotations/read.ts';

const NGINX = 'nginx.ingress.kubernetes.io';

function ingress(annotations: Readonly<Record<string, string>>) {
  return { metadata: { name: 'web', namespace: 'shop', annotations } };
}

test('an annotation is read without outer blanks, and a blank one is absent', () => {
  const object = ingress({ [`${NGINX}/auth-realm`]: ' hello ', [`${NGINX}/auth-type`]: '  ' });
  expect(annotation(object, 'ingress-nginx', 'auth-realm')).toBe('hello');
  expect(annotation(object, 'ingress-nginx', 'auth-type')).toBeUndefined();
  expect(annotation(object, 'traefik', 'auth-realm')).toBeUndefined();
  expect(annotation({}, 'ingress-nginx', 'auth-realm')).toBeUndefined();
});

test('an alias stands in for an annotation that has no value', () => {
  const both = {
    [`${NGINX}/allowlist-source-range`]: '10.0.0.0/8',
    [`${NGINX}/whitelist-source-range`]: '::/0',
  };
  expect(findAnnotation(ingress(both), 'ingress-nginx', 'allowlist-source-range')?.value).toBe('10.0.0.0/8');
  const alias = ingress({ [`${NGINX}/whitelist-source-range`]: '::/0' });
  expect(findAnnotation(alias, 'ingress-nginx', 'allowlist-source-range')).toEqual({
    name: `${NGINX}/whitelist-source-range`,
    key: 'whitelist-source-range',
    value: '::/0',
  });
});

test('the prefix follows the flag of the installation', () => {
  const settings = new Map([['annotations-prefix', 'inner.example.com']]);
  const object = ingress({ [`${NGINX}/app-root`]: '/a', 'inner.example.com/app-root': '/b' });
  expect(annotation(object, 'ingress-nginx', 'app-root', settings)).toBe('/b');
  const two = new Map([['annotations-prefix', 'one.example.com, two.example.com/']]);
  expect(annotation(ingress({ 'two.example.com/app-root': '/c' }), 'haproxy-ingress', 'app-root', two)).toBe(
    '/c',
  );
});

test('a key with a slash is a whole name', () => {
  const object = ingress({ 'kubernetes.io/ingress.allow-http': 'false' });
  expect(booleanAnnotation(object, 'gke', 'kubernetes.io/ingress.allow-http')).toBe(false);
});

test('a boolean is what Go takes for one', () => {
  const read = (value: string) =>
    booleanAnnotation(ingress({ [`${NGINX}/use-regex`]: value }), 'ingress-nginx', 'use-regex');
  expect(['true', 'True', '1', 't'].map(read)).toEqual([true, true, true, true]);
  expect(['false', 'F', '0'].map(read)).toEqual([false, false, false]);
  expect(['yes', 'on', 'tRUE', ''].map(read)).toEqual([undefined, undefined, undefined, undefined]);
});

test('numbers and lists', () => {
  const object = ingress({
    [`${NGINX}/limit-rps`]: '-5',
    [`${NGINX}/limit-rpm`]: '5.5',
    [`${NGINX}/server-alias`]: 'a.example.com, b.example.com,',
  });
  expect(numberAnnotation(object, 'ingress-nginx', 'limit-rps')).toBe(-5);
  expect(numberAnnotation(object, 'ingress-nginx', 'limit-rpm')).toBeUndefined();
  expect(listAnnotation(object, 'ingress-nginx', 'server-alias')).toEqual(['a.example.com', 'b.example.com']);
  expect(listAnnotation(object, 'ingress-nginx', 'denylist-source-range')).toEqual([]);
});

test('names of JavaScript objects are no annotations', () => {
  expect(annotation(ingress({}), 'gke', 'constructor/x')).toBeUndefined();
  expect(annotation(ingress({}), 'ingress-nginx', '__proto__')).toBeUndefined();
});

test('every product has its own prefixes, and lists its annotations by prefix', () => {
  const prefixes = CATALOGUES.flatMap((catalogue) => catalogue.prefixes);
  expect(new Set(prefixes).size).toBe(prefixes.length);
  const catalogue = catalogueOf('traefik');
  const object = ingress({ 'traefik.ingress.kubernetes.io/router.tls': 'true', 'traefik.io/x': '1' });
  expect(catalogue === undefined ? [] : annotationsOf(object, catalogue).map(({ key }) => key)).toEqual([
    'router.tls',
  ]);
  expect(catalogueOf('istio')).toBeUndefined();
});
