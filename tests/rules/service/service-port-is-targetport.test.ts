import { findingOf, overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { documents, endpoint, ingressTo, POD_A, service, slice } from '../shop-objects.ts';

const numbered = documents(
  ingressTo('web', { number: 8080 }),
  service({ ports: [{ name: 'http', port: 80, targetPort: 8080 }] }),
);

test('ingress-nginx accepts it: a remark on a healthy path', async () => {
  const diagnosis = await overlay(numbered);
  expect(diagnosis.verdict).toBe('healthy');
  expect(findingOf(diagnosis, 'service-port-is-targetport')).toMatchObject({ severity: 'info' });
});

test.each(['contour', 'traefik'] as const)('%s does not: 404', async (controller) => {
  const diagnosis = await overlay(numbered, { controller });
  expect(rootOf(diagnosis)).toBe('service-port-is-targetport');
  expect(statusOf(diagnosis)).toBe(404);
});

test('a name that is a named targetPort counts as well', async () => {
  const named = documents(
    ingressTo('web', { name: 'http' }),
    service({ ports: [{ name: 'web', port: 80, targetPort: 'http' }] }),
    slice([endpoint('10.244.0.21', POD_A)], [{ name: 'web', port: 8080 }]),
  );
  expect(findingOf(await overlay(named), 'service-port-is-targetport').severity).toBe('info');
  expect(rootOf(await overlay(named, { controller: 'contour' }))).toBe('service-port-is-targetport');
});

test('a Service whose port is its targetPort is well', async () => {
  const yaml = documents(
    ingressTo('web', { number: 8080 }),
    service({ ports: [{ name: 'http', port: 8080, targetPort: 8080 }] }),
  );
  expect(rulesOf(await overlay(yaml))).toEqual([]);
});
