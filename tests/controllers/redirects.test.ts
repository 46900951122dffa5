import { fixedRedirect, httpsRedirect } from '../../src/controllers/annotations/redirects.ts';
import type { Product } from '../../src/controllers/profile.ts';
import type { Ingress } from '../../src/kubernetes/types.ts';

function annotated(annotations: Readonly<Record<string, string>>): Ingress {
  return { metadata: { name: 'web', namespace: 'shop', annotations } };
}

const NONE = new Map<string, string>();

test.each<[Product, Readonly<Record<string, string>>, boolean, number | undefined]>([
  ['ingress-nginx', {}, true, 308],
  ['ingress-nginx', {}, false, undefined],
  ['ingress-nginx', { 'nginx.ingress.kubernetes.io/ssl-redirect': 'false' }, true, undefined],
  ['ingress-nginx', { 'nginx.ingress.kubernetes.io/ssl-redirect': 'true' }, false, undefined],
  ['ingress-nginx', { 'nginx.ingress.kubernetes.io/force-ssl-redirect': 'true' }, false, 308],
  ['haproxy-ingress', {}, true, 302],
  ['haproxy-ingress', { 'haproxy-ingress.github.io/ssl-redirect': 'false' }, true, undefined],
  ['f5-nginx', {}, true, 301],
  ['f5-nginx', { 'ingress.kubernetes.io/ssl-redirect': 'false' }, true, undefined],
  ['f5-nginx', { 'nginx.org/redirect-to-https': 'true' }, false, 301],
  ['contour', {}, true, undefined],
  ['contour', { 'ingress.kubernetes.io/force-ssl-redirect': 'true' }, true, 301],
  ['agic', {}, true, undefined],
  ['agic', { 'appgw.ingress.kubernetes.io/ssl-redirect': 'true' }, true, 301],
  ['aws-alb', {}, true, undefined],
  ['aws-alb', { 'alb.ingress.kubernetes.io/ssl-redirect': '443' }, false, 301],
  ['istio', {}, true, undefined],
])('%s with %p, TLS: %p, answers plain HTTP with %p', (product, annotations, hasTls, status) => {
  expect(httpsRedirect(product, annotated(annotations), NONE, hasTls)?.status).toBe(status);
});

test('the controller may turn it off, force it, or give another status', () => {
  const ask = (settings: Readonly<Record<string, string>>, hasTls: boolean) =>
    httpsRedirect('ingress-nginx', annotated({}), new Map(Object.entries(settings)), hasTls)?.status;
  expect(ask({ 'ssl-redirect': 'false' }, true)).toBeUndefined();
  expect(ask({ 'force-ssl-redirect': 'true' }, false)).toBe(308);
  expect(ask({ 'http-redirect-code': '307' }, true)).toBe(307);
  expect(ask({ 'http-redirect-code': '200' }, true)).toBe(308);
});

test('a fixed target is known of ingress-nginx only', () => {
  const ingress = annotated({ 'nginx.ingress.kubernetes.io/permanent-redirect': 'https://example.org' });
  expect(fixedRedirect(ingress, 'ingress-nginx', '/x')?.status).toBe(301);
  expect(fixedRedirect(ingress, 'contour', '/x')).toBeUndefined();
});
