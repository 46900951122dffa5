import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { nginxDeployment } from '../controllers.ts';
import { document, ingress, tlsFor } from '../ingresses.ts';

const TLS = ingress({ spec: tlsFor('shop.example.com') });
const R11 = "C=US, O=Let's Encrypt, CN=R11";
const X1 = 'C=US, O=Internet Security Research Group, CN=ISRG Root X1';

/** Secret web-tls with certificates of these subjects and issuers, the first for the host. */
function chain(...certificates: readonly (readonly [subject: string, issuer: string])[]): string {
  return document({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'web-tls', namespace: 'shop' },
    type: 'kubernetes.io/tls',
    keys: ['tls.crt', 'tls.key'],
    certificates: certificates.map(([subject, issuer]) => ({
      subject,
      issuer,
      names: ['shop.example.com'],
      notBefore: '2026-01-01T00:00:00Z',
      notAfter: '2026-06-01T00:00:00Z',
    })),
    keyMatches: true,
  });
}

test.each([
  ['alone', chain(['CN=shop', R11])],
  ['followed by another one', chain(['CN=shop', R11], [X1, X1])],
])('some clients refuse a public leaf that comes %s', async (_, secret) => {
  const diagnosis = await overlay(TLS + secret);
  expect(rootsOf(diagnosis)).toEqual(['tls-chain-order']);
  expect(findingOf(diagnosis, 'tls-chain-order').partial).toBe(true);
  expect(diagnosis.verdict).toBe('degraded');
});

test('a wrong order is a remark', async () => {
  const diagnosis = await overlay(TLS + chain(['CN=shop', R11], [X1, X1], [R11, X1]));
  expect(findingOf(diagnosis, 'tls-chain-order').severity).toBe('low');
  expect(diagnosis.verdict).toBe('healthy');
});

test.each([
  ['whole', chain(['CN=shop', R11], [R11, X1])],
  ['whole with its root', chain(['CN=shop', R11], [R11, X1], [X1, X1])],
  ['of a private authority, which clients may know', chain(['CN=shop', 'CN=Our CA'])],
  ['self-signed', chain(['CN=shop', 'CN=shop'])],
  ['signed by a root', chain(['CN=shop', 'C=US, O=DigiCert Inc, CN=DigiCert Global Root G2'])],
])('is silent on a chain that is %s', async (_, secret) => {
  expect(rulesOf(await overlay(TLS + secret))).toEqual([]);
});

test('is silent where ingress-nginx fetches what is missing', async () => {
  const args = [
    '--controller-class=k8s.io/ingress-nginx',
    '--ingress-class=nginx',
    '--enable-ssl-chain-completion',
  ];
  const labels = { 'app.kubernetes.io/instance': 'ingress-nginx' };
  const yaml = TLS + chain(['CN=shop', R11]) + nginxDeployment({ args, labels });
  expect(rulesOf(await overlay(yaml))).toEqual([]);
});
