import { overlay } from '../rules/check.ts';

/** An Ingress of namespace shop, by name, host and paths to Service web. */
function ingress(name: string, host: string, created: string, ...paths: readonly string[]): string {
  return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: shop, creationTimestamp: "${created}" }
spec:
  ingressClassName: nginx
  rules:
    - host: "${host}"
      http:
        paths:
${paths.map((path) => `          - { path: ${path}, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }`).join('\n')}
---`;
}

const OTHERS = [
  ingress('wild', '*.example.com', '2026-01-01T00:00:00Z', '/'),
  ingress('api', 'shop.example.com', '2026-01-02T00:00:00Z', '/api', '/api/v2'),
  ingress('api-again', 'shop.example.com', '2026-01-03T00:00:00Z', '/api'),
].join('\n');

test.each([
  ['https://shop.example.com/', 'web', 'shop.example.com/'],
  ['https://shop.example.com/apiary', 'web', 'shop.example.com/'],
  ['https://shop.example.com/api/items?x=1', 'api', 'shop.example.com/api'],
  ['https://shop.example.com/api/v2/items', 'api', 'shop.example.com/api/v2'],
  ['https://SHOP.example.com/api', 'api', 'shop.example.com/api'],
  ['https://blog.example.com/', 'wild', '*.example.com/'],
])('%s is taken by Ingress %s', async (url, name, route) => {
  const diagnosis = await overlay(OTHERS, { url });
  expect(diagnosis.target.name).toBe(name);
  expect(diagnosis.routes.map(({ id }) => id)).toEqual([route]);
});

test('a URL that no host takes is a route without a backend on the nearest Ingress', async () => {
  const diagnosis = await overlay(OTHERS, { url: 'https://shopp.example.org/api' });
  expect(diagnosis.routes).toHaveLength(1);
  expect(diagnosis.routes[0]).toMatchObject({ host: 'shopp.example.org', path: '/api' });
  expect(diagnosis.routes[0]?.backend).toBeUndefined();
});
