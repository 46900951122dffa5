import { profileFor } from '../../src/controllers/index.ts';
import type { Ingress } from '../../src/kubernetes/types.ts';
import { found } from '../../src/model/read.ts';
import type { ControllerTrace } from '../../src/model/trace.ts';
import { traceAnnotations } from '../../src/trace/annotation-references.ts';
import { lookupIn } from '../../src/trace/lookup.ts';

const NOW = new Date('2026-03-02T12:00:00Z');

function controller(product: 'ingress-nginx' | 'contour'): ControllerTrace {
  return {
    profile: profileFor(product),
    instances: found([]),
    ingressNamespace: found(undefined),
    others: [],
    seesBeyondNamespace: true,
  };
}

function ingress(annotations: Readonly<Record<string, string>>): Ingress {
  const named = Object.entries(annotations).map(([key, value]) => [
    `nginx.ingress.kubernetes.io/${key}`,
    value,
  ]);
  return { metadata: { name: 'web', namespace: 'shop', annotations: Object.fromEntries(named) } };
}

function wanted(
  annotations: Readonly<Record<string, string>>,
  product: 'ingress-nginx' | 'contour' = 'ingress-nginx',
) {
  const lookup = lookupIn(new Map(), NOW);
  traceAnnotations(lookup, ingress(annotations), controller(product));
  return lookup.wanted().map((query) => {
    if (query.verb === 'get') return `${query.kind} ${query.namespace}/${query.name}`;
    return query.verb === 'list' ? `${query.kind} ${query.namespace} ${query.labelSelector}` : 'logs';
  });
}

test('nothing is read for annotations that name nothing', () => {
  expect(wanted({ 'proxy-body-size': '8m', 'auth-url': 'https://login.example.net/verify' })).toEqual([]);
  expect(wanted({ 'auth-secret': 'users' })).toEqual([]);
  expect(wanted({ 'default-backend': 'errors' })).toEqual([]);
});

test('what is named is read, by namespace and name', () => {
  expect(wanted({ 'auth-type': 'basic', 'auth-secret': 'users' })).toEqual(['Secret shop/users']);
  expect(wanted({ 'auth-tls-secret': 'infra/clients' })).toEqual(['Secret infra/clients']);
  expect(wanted({ 'custom-headers': 'infra/headers' })).toEqual(['ConfigMap infra/headers']);
  expect(wanted({ 'auth-url': 'http://auth.infra.svc.cluster.local:4180/x' })).toEqual([
    'Service infra/auth',
    'EndpointSlice infra kubernetes.io/service-name in (auth)',
  ]);
  expect(wanted({ 'custom-http-errors': '404', 'default-backend': 'errors' })[0]).toBe('Service shop/errors');
});

test('what is no name is not asked for', () => {
  expect(wanted({ 'auth-tls-secret': 'clients' })).toEqual([]);
  expect(wanted({ 'auth-type': 'basic', 'auth-secret': 'a/b/c' })).toEqual([]);
});

test('other controllers read none of them', () => {
  expect(wanted({ 'auth-tls-secret': 'shop/clients' }, 'contour')).toEqual([]);
});
