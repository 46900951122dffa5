import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { ingress, tlsFor, tlsSecret } from '../ingresses.ts';

const TLS = ingress({ spec: tlsFor('shop.example.com') });

test.each([['other.example.com'], ['*.shop.example.com'], ['*.com'], ['example.com']])(
  'reports a certificate for %s',
  async (name) => {
    const diagnosis = await overlay(TLS + tlsSecret({ names: [name] }));
    expect(rootsOf(diagnosis)).toEqual(['tls-san-mismatch']);
    expect(diagnosis.verdict).toBe('failing');
  },
);

test.each([['shop.example.com'], ['SHOP.example.com'], ['*.example.com']])(
  'is silent on one for %s',
  async (name) => {
    expect(rulesOf(await overlay(TLS + tlsSecret({ names: ['a.test', name] })))).toEqual([]);
  },
);

test('is silent on a wildcard for a wildcard host', async () => {
  const wildcard = ingress({ host: '*.example.com', spec: tlsFor('*.example.com') });
  expect(rulesOf(await overlay(wildcard + tlsSecret({ names: ['*.example.com'] })))).toEqual([]);
});

test('judges each host by itself', async () => {
  const backend = { service: { name: 'web', port: { number: 80 } } };
  const http = { paths: [{ path: '/', pathType: 'Prefix', backend }] };
  const rules = [
    { host: 'shop.example.com', http },
    { host: 'pay.example.com', http },
  ];
  const diagnosis = await overlay(
    ingress({ spec: { rules, ...tlsFor('shop.example.com', 'pay.example.com') } }) + tlsSecret(),
  );
  expect(diagnosis.routes.map(({ verdict }) => verdict)).toEqual(['healthy', 'failing']);
  expect(findingOf(diagnosis, 'tls-san-mismatch').routes).toEqual(['pay.example.com/']);
});

test('is silent on Traefik where another Secret covers the host', async () => {
  const tls = [
    { hosts: ['shop.example.com'], secretName: 'other' },
    { hosts: ['shop.example.com'], secretName: 'web-tls' },
  ];
  const secrets = tlsSecret({ name: 'other', names: ['other.example.com'] }) + tlsSecret();
  const diagnosis = await overlay(ingress({ spec: { tls } }) + secrets, { controller: 'traefik' });
  expect(rulesOf(diagnosis)).toEqual([]);
});
