import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { document, ingress } from '../ingresses.ts';

const NAME = 'rewrite-not-applied';
const API = ingress({ path: '/api' });

function log(...answers: readonly (readonly [path: string, status: number, upstream?: string])[]): string {
  const lines = answers.map(
    ([path, status, upstream = '10.244.0.21:8080'], index) =>
      `198.51.100.7 - - [02/Mar/2026:11:58:${10 + index} +0000] "GET ${path} HTTP/1.1" ${status} 19 "-" "curl" 90 0.002 [shop-web-80] [] ${upstream} 19 0.002 ${upstream === '-' ? '-' : status} 1a2b${index}`,
  );
  return document({
    apiVersion: 'gateway-doctor/v1',
    kind: 'PodLog',
    metadata: { namespace: 'ingress-nginx', name: 'ingress-nginx-controller-5c4d9-x8k2p' },
    container: 'controller',
    previous: false,
    text: `${lines.join('\n')}\n`,
  });
}

const MISSES = [
  ['/api/items', 404],
  ['/api/cart', 404],
  ['/api', 404],
] as const;

test('reports that the application knows nothing beneath the prefix', async () => {
  const diagnosis = await overlay(API + log(...MISSES));
  expect(rootsOf(diagnosis)).toEqual([NAME]);
  expect(statusOf(diagnosis)).toBe(404);
});

test('shows a probe outside of the prefix', async () => {
  const { evidence } = findingOf(await overlay(API + log(...MISSES)), NAME);
  expect(evidence).toContainEqual(expect.objectContaining({ value: '/healthz' }));
});

test.each([
  ['any other answer beneath it', API + log(...MISSES, ['/api/health', 200])],
  ['a server error beneath it', API + log(...MISSES, ['/api/health', 500])],
  ['fewer answers', API + log(['/api/items', 404], ['/api/cart', 404])],
  ['answers beside it', API + log(['/apis', 404], ['/x', 404], ['/y', 404])],
  [
    'answers of the controller itself',
    API + log(['/api/a', 404, '-'], ['/api/b', 404, '-'], ['/api/c', 404, '-']),
  ],
  ['the root path', ingress() + log(...MISSES)],
  ['no log', API],
  [
    'a rewritten path',
    ingress({
      path: '/api',
      pathType: 'Exact',
      annotations: { 'nginx.ingress.kubernetes.io/rewrite-target': '/v2' },
    }) + log(...MISSES),
  ],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain(NAME);
});
