import { findingOf, overlay, rulesOf } from '../check.ts';
import { ingress, ingressClass } from '../ingresses.ts';

const BACKEND = { resource: { apiGroup: 'storage.example.com', kind: 'Bucket', name: 'pages' } };
const RULES = {
  rules: [
    { host: 'shop.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend: BACKEND }] } },
  ],
};

test('is answered 404 by ingress-nginx', async () => {
  const diagnosis = await overlay(ingress({ spec: RULES }));
  expect(diagnosis.routes[0]?.prediction).toMatchObject({ status: 404, symptom: 'resource-backend' });
});

test('names the field of a default backend', async () => {
  const diagnosis = await overlay(ingress({ spec: { defaultBackend: BACKEND } }));
  const { evidence } = findingOf(diagnosis, 'resource-backend');
  expect(evidence[0]).toMatchObject({ field: 'spec.defaultBackend.resource.kind' });
});

test('is only suspected of a controller that is not known', async () => {
  const diagnosis = await overlay(
    `# without: Deployment ingress-nginx/ingress-nginx-controller\n${ingress({ className: 'pages', spec: RULES })}${ingressClass('pages', 'example.com/pages')}`,
  );
  expect(findingOf(diagnosis, 'resource-backend').confidence).toBe('suspect');
});

test('is silent on a Service', async () => {
  expect(rulesOf(await overlay(''))).not.toContain('resource-backend');
});
