import { distrustOf, isTemporary } from '../../src/kubernetes/tls-secret.ts';

const NOW = new Date('2026-03-02T12:00:00Z');
const CERTIFICATE = {
  subject: 'CN=shop',
  issuer: 'CN=ca',
  names: ['shop.example.com'],
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2026-06-01T00:00:00Z',
};
const SECRET = { keys: ['tls.crt', 'tls.key'], certificates: [CERTIFICATE], keyMatches: true };
const HOSTS = ['shop.example.com'];

test('a good certificate is trusted, and so is one that was hidden', () => {
  expect(distrustOf(SECRET, HOSTS, NOW)).toBeUndefined();
  expect(distrustOf({ keys: ['tls.crt', 'tls.key'] }, HOSTS, NOW)).toBeUndefined();
});

test.each([
  ['no key', { ...SECRET, keys: ['tls.crt'] }],
  ['another key', { ...SECRET, keyMatches: false }],
  [
    'an expired certificate',
    { ...SECRET, certificates: [{ ...CERTIFICATE, notAfter: '2026-03-02T11:59:59Z' }] },
  ],
  ['other names', { ...SECRET, certificates: [{ ...CERTIFICATE, names: ['www.example.com'] }] }],
  [
    'a temporary certificate',
    { ...SECRET, certificates: [{ ...CERTIFICATE, issuer: 'CN=cert-manager.local' }] },
  ],
])('%s is distrusted', (_, secret) => {
  expect(distrustOf(secret, HOSTS, NOW)).toBeDefined();
});

test('only the name that cert-manager signs with means a temporary certificate', () => {
  expect(isTemporary({ ...CERTIFICATE, issuer: 'O=x, CN=cert-manager.local' })).toBe(true);
  expect(isTemporary({ ...CERTIFICATE, issuer: 'CN=my-cert-manager.local' })).toBe(false);
});
