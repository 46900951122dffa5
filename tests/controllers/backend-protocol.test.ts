import { backendProtocol, protocolAnnotation } from '../../src/controllers/backend-protocol.ts';
import type { Product } from '../../src/controllers/profile.ts';

interface Case {
  readonly ingress?: Readonly<Record<string, string>>;
  readonly service?: Readonly<Record<string, string>>;
  readonly port?: object;
}

function protocolOf(product: Product, { ingress = {}, service = {}, port = {} }: Case) {
  return backendProtocol(
    product,
    { kind: 'Ingress', metadata: { annotations: ingress } },
    { kind: 'Service', metadata: { name: 'web', annotations: service } },
    { name: 'http', port: 80, ...port },
    new Map(),
  );
}

const NGINX = 'nginx.ingress.kubernetes.io/backend-protocol';
const TRAEFIK = 'traefik.ingress.kubernetes.io/service.serversscheme';

test.each<[Product, Case, boolean, boolean]>([
  ['ingress-nginx', {}, false, false],
  ['ingress-nginx', { ingress: { [NGINX]: 'https' } }, true, false],
  ['ingress-nginx', { ingress: { [NGINX]: 'GRPC' } }, false, true],
  ['ingress-nginx', { port: { name: 'https', port: 443, appProtocol: 'https' } }, false, false],
  ['traefik', {}, false, false],
  ['traefik', { port: { port: 443 } }, true, true],
  ['traefik', { port: { name: 'https-web' } }, true, true],
  ['traefik', { port: { port: 443 }, service: { [TRAEFIK]: 'http' } }, false, false],
  ['traefik', { service: { [TRAEFIK]: 'h2c' } }, false, true],
  ['contour', { service: { 'projectcontour.io/upstream-protocol.tls': '443, http' } }, true, false],
  ['contour', { service: { 'projectcontour.io/upstream-protocol.tls': '443' } }, false, false],
  ['contour', { service: { 'projectcontour.io/upstream-protocol.h2c': '80' } }, false, true],
  ['contour', { port: { appProtocol: 'kubernetes.io/h2c' } }, false, true],
  ['f5-nginx', { ingress: { 'nginx.org/ssl-services': 'api, web' } }, true, false],
  ['f5-nginx', { ingress: { 'nginx.org/ssl-services': 'api' } }, false, false],
  ['f5-nginx', { ingress: { 'nginx.org/grpc-services': 'web' } }, false, true],
  ['haproxy-ingress', { ingress: { 'haproxy-ingress.github.io/backend-protocol': 'h1-ssl' } }, true, false],
  ['haproxy-ingress', { service: { 'ingress.kubernetes.io/backend-protocol': 'grpc' } }, false, true],
  ['aws-alb', { ingress: { 'alb.ingress.kubernetes.io/backend-protocol': 'HTTPS' } }, true, false],
])('%s %j', (product, given, tls, http2) => {
  expect(protocolOf(product, given)).toMatchObject({ tls, http2 });
});

test.each<[Product, Case]>([
  ['ingress-nginx', { ingress: { [NGINX]: 'FCGI' } }],
  ['ingress-nginx', { ingress: { [NGINX]: 'AUTO_HTTP' } }],
  ['istio', {}],
  ['unknown', {}],
])('%s %j is not known', (product, given) => {
  expect(protocolOf(product, given)).toBeUndefined();
});

test('what would change it is named where there is such an annotation', () => {
  const service = { kind: 'Service', metadata: { name: 'web' } };
  const port = { name: 'http', port: 80 };
  expect(protocolAnnotation('contour', 'https', service, port)).toEqual({
    object: 'service',
    name: 'projectcontour.io/upstream-protocol.tls',
    value: '80',
  });
  expect(protocolAnnotation('contour', 'http', service, port)).toBeUndefined();
  expect(protocolAnnotation('f5-nginx', 'grpc', service, port)?.value).toBe('web');
});
