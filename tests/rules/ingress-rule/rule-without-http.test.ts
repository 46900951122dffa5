import { findingOf, overlay, rootsOf } from '../check.ts';
import { ingress } from '../ingresses.ts';

const BARE = { rules: [{ host: 'shop.example.com' }] };

test('takes no request', async () => {
  const diagnosis = await overlay(ingress({ spec: BARE }));
  expect(rootsOf(diagnosis)).toEqual(['rule-without-http']);
  expect(diagnosis.routes[0]?.prediction.status).toBe(404);
});

test.each([
  [
    'the default backend takes its requests',
    ingress({ spec: { ...BARE, defaultBackend: { service: { name: 'web', port: { number: 80 } } } } }),
  ],
  ['another Ingress has paths for the host', ingress({ spec: BARE }) + ingress({ name: 'paths' })],
])('is a remark where %s', async (_, yaml) => {
  const diagnosis = await overlay(yaml);
  expect(findingOf(diagnosis, 'rule-without-http').severity).toBe('info');
  expect(diagnosis.rootCauses).toEqual([]);
});
