import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { nginxDeployment } from '../controllers.ts';
import { ingress, tlsFor, tlsSecret } from '../ingresses.ts';

const TLS = ingress({ spec: tlsFor('shop.example.com') });

test('leaves clients with a certificate that they reject on ingress-nginx', async () => {
  const diagnosis = await overlay(TLS);
  expect(rootsOf(diagnosis)).toEqual(['tls-secret-missing']);
  expect(diagnosis.routes[0]?.prediction).toMatchObject({ status: 200, symptom: 'untrusted-certificate' });
  expect(diagnosis.verdict).toBe('failing');
});

test('breaks the handshake on Contour', async () => {
  const diagnosis = await overlay(TLS, { controller: 'contour' });
  expect(findingOf(diagnosis, 'tls-secret-missing').symptom).toBe('tls-handshake-failure');
});

test('is only likely where the controller has a default certificate of its own', async () => {
  const controller = nginxDeployment({
    args: ['--ingress-class=nginx', '--default-ssl-certificate=infra/wildcard'],
  });
  expect(findingOf(await overlay(TLS + controller), 'tls-secret-missing').confidence).toBe('likely');
});

test('is no more than a remark on Traefik where another Secret covers the host', async () => {
  const tls = [
    { hosts: ['shop.example.com'], secretName: 'gone' },
    { hosts: ['shop.example.com'], secretName: 'web-tls' },
  ];
  const diagnosis = await overlay(ingress({ spec: { tls } }) + tlsSecret(), { controller: 'traefik' });
  expect(findingOf(diagnosis, 'tls-secret-missing').severity).toBe('low');
  expect(diagnosis.verdict).toBe('healthy');
});

test('sends to cert-manager where that is to issue it', async () => {
  const issued = ingress({
    annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' },
    spec: tlsFor('shop.example.com'),
  });
  const { fix } = findingOf(await overlay(issued), 'tls-secret-missing');
  expect(fix?.commands.map(({ run }) => run).join()).toContain('certificaterequests');
});

test('is silent on an entry that asks for the default certificate', async () => {
  const diagnosis = await overlay(ingress({ spec: { tls: [{ hosts: ['shop.example.com'] }] } }));
  expect(rulesOf(diagnosis)).not.toContain('tls-secret-missing');
});

test('cannot tell without the Secret', async () => {
  const diagnosis = await overlay(TLS, { forbidden: ['Secret'] });
  expect(rulesOf(diagnosis)).not.toContain('tls-secret-missing');
  expect(diagnosis.verdict).toBe('unknown');
});
