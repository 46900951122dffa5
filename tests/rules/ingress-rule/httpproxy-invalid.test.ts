import { findingOf, overlay, rulesOf } from '../check.ts';
import { document, ingress } from '../ingresses.ts';

const NAME = 'httpproxy-invalid';
const CONTOUR = { controller: 'contour' } as const;

interface ProxyParts {
  readonly state?: string;
  readonly reason?: string;
  readonly fqdn?: string;
  readonly className?: string;
  readonly conditions?: readonly object[];
}

function proxy(parts: ProxyParts = {}): string {
  const { state = 'valid', reason, fqdn = 'shop.example.com', className = 'nginx', conditions = [] } = parts;
  const errors = reason === undefined ? [] : [{ type: 'ServiceError', status: 'True', reason, message: 'x' }];
  return document({
    apiVersion: 'projectcontour.io/v1',
    kind: 'HTTPProxy',
    metadata: { name: 'new', namespace: 'shop' },
    spec: { ingressClassName: className, virtualhost: { fqdn }, routes: [{ conditions, services: [] }] },
    status: {
      currentStatus: state,
      description: 'd',
      conditions: [{ type: 'Valid', status: state === 'valid' ? 'True' : 'False', errors }],
    },
  });
}

test.each([
  ['a Service that does not exist', 'ServiceUnresolvedReference', 503],
  ['an include that does not exist', 'IncludeNotFound', 502],
])('answers in place of the Ingress for %s', async (_, reason, status) => {
  const diagnosis = await overlay(ingress() + proxy({ state: 'invalid', reason }), CONTOUR);
  expect(diagnosis.routes[0]?.prediction).toMatchObject({ status, symptom: 'wrong-backend' });
});

test('goes before the Ingress where it is valid and has the same path', async () => {
  expect(findingOf(await overlay(ingress() + proxy(), CONTOUR), NAME).symptom).toBe('wrong-backend');
});

test('is a remark where it is not valid in a way that leaves the host to the Ingress', async () => {
  const diagnosis = await overlay(ingress() + proxy({ state: 'invalid', reason: 'SecretNotValid' }), CONTOUR);
  expect(findingOf(diagnosis, NAME).severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

test.each([
  ['another host', proxy({ fqdn: 'b.example.com' })],
  ['another path', proxy({ conditions: [{ prefix: '/new' }] })],
  ['requests with a header', proxy({ conditions: [{ prefix: '/' }, { header: { name: 'x' } }] })],
  ['another class', proxy({ className: 'other' })],
])('is silent on %s', async (_, other) => {
  expect((await overlay(ingress() + other, CONTOUR)).findings).toEqual([]);
});

test('changes no verdict where it may not be read, and is not read for others', async () => {
  const forbidden = { forbidden: ['HTTPProxy'] };
  expect((await overlay(ingress() + proxy(), { ...CONTOUR, ...forbidden })).verdict).toBe('healthy');
  expect(rulesOf(await overlay(ingress() + proxy()))).not.toContain(NAME);
});
