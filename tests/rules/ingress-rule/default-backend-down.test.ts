import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { document, ingress } from '../ingresses.ts';

function withDefault(name: string): string {
  return ingress({ path: '/api', spec: { defaultBackend: { service: { name, port: { number: 80 } } } } });
}

test('stands beside the cause, and leaves the other routes alone', async () => {
  const diagnosis = await overlay(withDefault('fallback'));
  expect(rootOf(diagnosis)).toBe('service-missing');
  expect(findingOf(diagnosis, 'default-backend-down').symptom).toBeUndefined();
  expect(diagnosis.routes[0]?.verdict).toBe('healthy');
});

test('reports one without endpoints', async () => {
  const service = document({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'fallback', namespace: 'shop' },
    spec: { selector: { app: 'none' }, ports: [{ port: 80 }] },
  });
  expect(rulesOf(await overlay(withDefault('fallback') + service))).toContain('default-backend-down');
});

test('is silent on one that works, and on broken backends of rules', async () => {
  expect(rulesOf(await overlay(withDefault('web')))).not.toContain('default-backend-down');
  expect(rulesOf(await overlay(ingress({ service: 'gone' })))).not.toContain('default-backend-down');
});
