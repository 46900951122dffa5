import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { document, ingress, tlsFor, tlsSecret } from '../ingresses.ts';

const TLS = ingress({ spec: tlsFor('shop.example.com') });
const ASKING = ingress({
  annotations: { 'cert-manager.io/cluster-issuer': 'acme' },
  spec: tlsFor('shop.example.com'),
});

interface Condition {
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

function object(kind: string, name: string, fields: object, owner?: readonly [string, string]): string {
  const group = ['Order', 'Challenge'].includes(kind) ? 'acme.cert-manager.io' : 'cert-manager.io';
  const ownerReferences = owner === undefined ? [] : [{ kind: owner[0], name: owner[1], controller: true }];
  const place = kind === 'ClusterIssuer' ? {} : { namespace: 'shop' };
  return document({
    apiVersion: `${group}/v1`,
    kind,
    metadata: { name, ...place, ownerReferences },
    ...fields,
  });
}

const ready = (condition: Condition) => ({ status: { conditions: [{ type: 'Ready', ...condition }] } });

function certificate(
  status: object = { conditions: [{ type: 'Ready', status: 'False', reason: 'DoesNotExist' }] },
) {
  const spec = { secretName: 'web-tls', issuerRef: { kind: 'ClusterIssuer', name: 'acme' } };
  return object('Certificate', 'web', { spec, status });
}

const ISSUER = object('ClusterIssuer', 'acme', ready({ status: 'True' }));
const request = (condition: Condition) =>
  object('CertificateRequest', 'web-1', ready(condition), ['Certificate', 'web']);
const WAITING = request({ status: 'False', reason: 'Pending' });
const order = (state: string, reason = '') =>
  object('Order', 'web-1-2', { status: { state, reason } }, ['CertificateRequest', 'web-1']);
const challenge = (name: string, status: object) =>
  object('Challenge', name, { spec: { dnsName: 'shop.example.com', type: 'DNS-01' }, status }, [
    'Order',
    'web-1-2',
  ]);

describe('names the deepest that does not go on', () => {
  test.each([
    ['ClusterIssuer', 'acme', WAITING],
    ['ClusterIssuer', 'acme', object('ClusterIssuer', 'acme', ready({ status: 'False' })) + WAITING],
    [
      'ClusterIssuer',
      'acme',
      WAITING + order('pending') + challenge('a', { state: 'pending', reason: 'slow' }),
    ],
    ['CertificateRequest', 'web-1', ISSUER + WAITING + order('invalid').replace('"web-1"', '"other-1"')],
    ['Certificate', 'web', ISSUER],
    ['CertificateRequest', 'web-1', ISSUER + request({ status: 'False', reason: 'Denied' })],
    ['Order', 'web-1-2', ISSUER + WAITING + order('invalid', 'rate limited')],
    [
      'Challenge',
      'b',
      ISSUER +
        WAITING +
        order('pending') +
        challenge('a', { state: 'valid' }) +
        challenge('b', { state: 'pending', reason: 'no TXT record' }),
    ],
  ])('%s %s', async (kind, name, yaml) => {
    const diagnosis = await overlay(TLS + certificate() + yaml);
    expect(rootsOf(diagnosis)).toEqual(['tls-cert-manager-pending']);
    const finding = findingOf(diagnosis, 'tls-cert-manager-pending');
    expect(finding.object).toMatchObject({ kind, name });
    expect(finding.confidence).toBe('certain');
    expect(diagnosis.rootCauses[0]?.explained.map(({ rule }) => rule)).toEqual(['tls-secret-missing']);
  });
});

test('looks at the newest request only', async () => {
  const old = request({ status: 'False', reason: 'Failed' })
    .replace('"web-1"', '"web-0"')
    .replace('"namespace"', '"creationTimestamp":"2026-01-01T00:00:00Z","namespace"');
  const recent = WAITING.replace('"namespace"', '"creationTimestamp":"2026-03-01T00:00:00Z","namespace"');
  const diagnosis = await overlay(TLS + certificate() + ISSUER + old + recent);
  expect(findingOf(diagnosis, 'tls-cert-manager-pending').object.name).toBe('web-1');
});

test.each([
  ['has expired', tlsSecret({ notAfter: '2026-03-01T00:00:00Z' }), 'tls-expired'],
  ['does not cover the host', tlsSecret({ names: ['www.example.com'] }), 'tls-san-mismatch'],
])('explains a certificate that %s', async (_, secret, rule) => {
  const diagnosis = await overlay(TLS + certificate() + ISSUER + WAITING + secret);
  expect(rootsOf(diagnosis)).toEqual(['tls-cert-manager-pending']);
  expect(rulesOf(diagnosis)).toContain(rule);
});

test('clients distrust a temporary certificate', async () => {
  const temporary = tlsSecret().replace('CN=b', 'CN=cert-manager.local');
  const diagnosis = await overlay(TLS + certificate() + ISSUER + WAITING + temporary);
  expect(rootsOf(diagnosis)).toEqual(['tls-cert-manager-pending']);
  expect(diagnosis.routes[0]?.prediction.symptom).toBe('untrusted-certificate');
});

test.each([
  ['goes on', [{ type: 'Issuing', status: 'True' }], 0],
  ['has failed', [], 1],
])(
  'a renewal that %s while the old certificate holds is a remark',
  async (_, issuing, failedIssuanceAttempts) => {
    const failing = {
      conditions: [{ type: 'Ready', status: 'True' }, ...issuing],
      notAfter: '2026-03-09T00:00:00Z',
      failedIssuanceAttempts,
    };
    const yaml = certificate(failing) + ISSUER + WAITING + order('errored', 'no account');
    const diagnosis = await overlay(TLS + yaml + tlsSecret({ notAfter: '2026-03-09T00:00:00Z' }));
    expect(findingOf(diagnosis, 'tls-cert-manager-pending').severity).toBe('low');
    expect(diagnosis.verdict).toBe('healthy');
  },
);

describe('an Ingress that asks for what nobody issues', () => {
  const group = (name: string) => document({ apiVersion: 'v1', kind: 'APIGroup', metadata: { name } });

  test('is to blame where cert-manager is not installed', async () => {
    const diagnosis = await overlay(ASKING + group('apiregistration.k8s.io'));
    expect(rootsOf(diagnosis)).toEqual(['tls-cert-manager-pending']);
    expect(findingOf(diagnosis, 'tls-cert-manager-pending').object.kind).toBe('Ingress');
  });

  test('is to blame where cert-manager made no Certificate', async () => {
    expect(rootsOf(await overlay(ASKING + ISSUER))).toEqual(['tls-cert-manager-pending']);
  });

  test('is not, as long as a file does not tell whether cert-manager is there', async () => {
    expect(rootsOf(await overlay(ASKING))).toEqual(['tls-secret-missing']);
  });
});

test.each([
  ['the Secret is fine', TLS + certificate() + tlsSecret()],
  ['the Certificate is of another Secret', TLS + certificate().replace('"web-tls"', '"other"')],
  ['the Certificate is ready', TLS + certificate({ conditions: [{ type: 'Ready', status: 'True' }] })],
])('is silent where %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('tls-cert-manager-pending');
});

test('tells from the Certificate what a Secret that may not be read may lack', async () => {
  const limited = await overlay(ASKING + certificate() + ISSUER + WAITING, { forbidden: ['Secret'] });
  expect(findingOf(limited, 'tls-cert-manager-pending').confidence).toBe('likely');
  expect(rootsOf(limited)).toEqual(['tls-cert-manager-pending']);
  const renewing = certificate({
    conditions: [{ type: 'Ready', status: 'False' }],
    notAfter: '2026-04-01T00:00:00Z',
  });
  const issued = await overlay(ASKING + renewing + ISSUER + WAITING, { forbidden: ['Secret'] });
  expect(findingOf(issued, 'tls-cert-manager-pending').confidence).toBe('suspect');
});
