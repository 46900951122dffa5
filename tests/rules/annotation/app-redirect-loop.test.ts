import { findingOf, overlay, rulesOf } from '../check.ts';
import { document, ingress } from '../ingresses.ts';

const NAME = 'app-redirect-loop';

interface Answer {
  readonly path?: string;
  readonly status?: number;
  readonly client?: string;
  readonly second?: number;
}

function log(answers: readonly Answer[]): string {
  const lines = answers.map(
    ({ path = '/login', status = 307, client = '198.51.100.7', second = 0 }, index) =>
      `${client} - - [02/Mar/2026:11:58:${10 + second} +0000] "GET ${path} HTTP/1.1" ${status} 64 "-" "Mozilla" 90 0.002 [shop-web-80] [] 10.244.0.21:8080 64 0.002 ${status} ab${index}`,
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

const SEVEN = Array.from({ length: 7 }, (): Answer => ({}));

test('reports a client that is sent in circles, with the status it gets', async () => {
  const diagnosis = await overlay(ingress() + log(SEVEN));
  expect(findingOf(diagnosis, NAME)).toMatchObject({ status: 307, symptom: 'redirect-loop', partial: true });
  expect(diagnosis.verdict).toBe('degraded');
});

test('names the argument that Argo CD lacks', async () => {
  const change = (object: { readonly kind?: string }) =>
    object.kind === 'Pod'
      ? JSON.parse(
          JSON.stringify(object).replaceAll(
            '"image":"registry.example.com/web:1.0.0"',
            '"image":"a","args":["/usr/local/bin/argocd-server"]',
          ),
        )
      : object;
  const { evidence } = findingOf(await overlay(ingress() + log(SEVEN), { change }), NAME);
  expect(evidence).toContainEqual(
    expect.objectContaining({ value: expect.stringContaining('without --insecure') }),
  );
});

test.each([
  ['as many clients', SEVEN.map((answer, index) => ({ ...answer, client: `198.51.100.${index}` }))],
  ['as many paths', SEVEN.map((answer, index) => ({ ...answer, path: `/p${index}` }))],
  ['a monitor that asks every few seconds', SEVEN.map((answer, index) => ({ ...answer, second: index * 8 }))],
  [
    'a redirect that is followed',
    SEVEN.map((answer, index) => ({ ...answer, status: index % 2 === 0 ? 302 : 200 })),
  ],
  ['few redirects', SEVEN.slice(0, 4)],
])('is silent on %s', async (_, answers) => {
  expect(rulesOf(await overlay(ingress() + log(answers)))).not.toContain(NAME);
});
