import { overlay } from '../rules/check.ts';
import { documents, endpoint, POD_A, POD_B, pod, slice } from '../rules/shop-objects.ts';

/** Ingress shop/web with these paths, each with the name of its Service. */
function paths(...pairs: readonly (readonly [path: string, service: string])[]): string {
  return JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host: 'shop.example.com',
          http: {
            paths: pairs.map(([path, name]) => ({
              path,
              pathType: 'Prefix',
              backend: { service: { name, port: { number: 80 } } },
            })),
          },
        },
      ],
    },
    status: { loadBalancer: { ingress: [{ ip: '203.0.113.10' }] } },
  });
}

test('of several causes the one that takes more routes down stands first', async () => {
  const diagnosis = await overlay(
    paths(['/b', 'lost-b'], ['/a1', 'lost-a'], ['/a2', 'lost-a'], ['/', 'web']),
  );
  expect(diagnosis.rootCauses.map(({ finding }) => [finding.rule, finding.routes.length])).toEqual([
    ['service-missing', 2],
    ['service-missing', 1],
  ]);
});

test('what takes a route down stands before what weakens more of them', async () => {
  const yaml = [
    paths(['/a1', 'web'], ['/a2', 'web'], ['/b', 'lost-b']),
    documents(
      slice([endpoint('10.244.0.21', POD_A), endpoint('10.244.0.22', POD_B, { ready: false })]),
      pod(POD_B, { ip: '10.244.0.22', ready: false }),
    ),
  ].join('\n---\n');
  const diagnosis = await overlay(yaml);
  expect(diagnosis.rootCauses[0]?.finding.rule).toBe('service-missing');
  expect(diagnosis.routes.map(({ verdict }) => verdict)).toEqual(['degraded', 'degraded', 'failing']);
});
