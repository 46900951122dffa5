import { chainFault } from '../../src/kubernetes/certificate-chain.ts';

const LEAF = 'CN=shop';
const PUBLIC = "C=US, O=Let's Encrypt, CN=R11";
const ROOT = 'O=Internet Security Research Group, CN=ISRG Root X1';

function chain(...certificates: readonly (readonly [string, string])[]) {
  return chainFault(
    certificates.map(([subject, issuer]) => ({ subject, issuer, names: [], notBefore: '', notAfter: '' })),
  );
}

test('the issuer of the first certificate is to be in the file', () => {
  expect(chain([LEAF, PUBLIC])).toEqual({ kind: 'issuer missing', isPublic: true });
  expect(chain([LEAF, 'CN=Ours'], [PUBLIC, ROOT])).toEqual({ kind: 'issuer missing', isPublic: false });
});

test('each certificate is to be followed by its issuer', () => {
  expect(chain([LEAF, PUBLIC], [ROOT, ROOT], [PUBLIC, ROOT])).toEqual({ kind: 'wrong order' });
  expect(chain([LEAF, 'CN=a'], ['CN=a', 'CN=b'], ['CN=c', 'CN=c'], ['CN=b', 'CN=c'])).toEqual({
    kind: 'wrong order',
  });
});

test.each([
  ['nothing', []],
  ['a self-signed certificate', [[LEAF, LEAF]]],
  ['a leaf of an authority that is not known', [[LEAF, 'CN=Ours']]],
  ['a leaf without an issuer', [[LEAF, '']]],
  [
    'a chain without its root',
    [
      [LEAF, PUBLIC],
      [PUBLIC, ROOT],
    ],
  ],
  [
    'a chain with its root',
    [
      [LEAF, PUBLIC],
      [PUBLIC, ROOT],
      [ROOT, ROOT],
    ],
  ],
  ['a staging certificate', [[LEAF, "C=US, O=(STAGING) Let's Encrypt, CN=Fake"]]],
] as const)('%s is right', (_, certificates) => {
  expect(chain(...certificates)).toBeUndefined();
});
