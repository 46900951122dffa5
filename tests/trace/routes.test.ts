import type { Ingress } from '../../src/kubernetes/types.ts';
import { routesOf } from '../../src/trace/routes.ts';

const backend = (name: string) => ({ service: { name, port: { number: 80 } } });

function ingress(spec: NonNullable<Ingress['spec']>): Ingress {
  return { kind: 'Ingress', metadata: { namespace: 'shop', name: 'web' }, spec };
}

test('each host and path is a route with its place, the default backend last', () => {
  const routes = routesOf(
    ingress({
      defaultBackend: backend('fallback'),
      rules: [{ host: 'Shop.Example.com', http: { paths: [{ path: '/api', backend: backend('api') }] } }],
    }),
  );
  expect(routes).toEqual([
    {
      id: 'shop.example.com/api',
      host: 'shop.example.com',
      path: '/api',
      pathType: 'ImplementationSpecific',
      tls: false,
      field: 'spec.rules[0].http.paths[0]',
      backend: backend('api'),
      backendKey: 'api:80',
    },
    {
      id: '*/',
      host: '',
      path: '/',
      pathType: 'Prefix',
      tls: false,
      field: 'spec.defaultBackend',
      backend: backend('fallback'),
      backendKey: 'fallback:80',
    },
  ]);
});

test('repeated host and path keep ids apart', () => {
  const paths = [
    { path: '/', backend: backend('a') },
    { path: '/', backend: backend('b') },
  ];
  expect(routesOf(ingress({ rules: [{ http: { paths } }] })).map(({ id }) => id)).toEqual(['*/', '*/ (2)']);
});

test('a rule without paths is a route without a backend', () => {
  const [route] = routesOf(ingress({ rules: [{ host: 'shop.example.com' }] }));
  expect(route).toMatchObject({ id: 'shop.example.com/', field: 'spec.rules[0]' });
  expect(route).not.toHaveProperty('backend');
});

test.each([
  ['shop.example.com', ['shop.example.com'], true],
  ['shop.example.com', ['*.example.com'], true],
  ['a.shop.example.com', ['*.example.com'], false],
  ['shop.example.com', [], true],
  ['shop.example.com', ['other.example.com'], false],
])('TLS of %s with hosts %j: %s', (host, hosts, tls) => {
  const rules = [{ host, http: { paths: [{ path: '/', backend: backend('web') }] } }];
  expect(routesOf(ingress({ tls: [{ hosts }], rules }))[0]?.tls).toBe(tls);
});
