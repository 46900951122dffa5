import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { nginxDeployment } from '../controllers.ts';
import { ingress } from '../ingresses.ts';

const SPEC = { tls: [{ hosts: ['shop.example.com'] }] };
const EMPTY = ingress({ spec: SPEC });

test('clients distrust what ingress-nginx serves instead', async () => {
  const diagnosis = await overlay(EMPTY);
  expect(rootsOf(diagnosis)).toEqual(['tls-secretname-empty']);
  expect(diagnosis.routes[0]?.prediction).toMatchObject({ status: 200, symptom: 'untrusted-certificate' });
});

test('Contour serves nothing by HTTPS', async () => {
  const diagnosis = await overlay(EMPTY, { controller: 'contour' });
  expect(findingOf(diagnosis, 'tls-secretname-empty').symptom).toBe('tls-handshake-failure');
});

test("Traefik's default certificate is not known", async () => {
  const diagnosis = await overlay(EMPTY, { controller: 'traefik' });
  expect(findingOf(diagnosis, 'tls-secretname-empty').severity).toBe('info');
});

test('is silent where the controller has a default certificate', async () => {
  const args = [
    '--controller-class=k8s.io/ingress-nginx',
    '--ingress-class=nginx',
    '--default-ssl-certificate=a/b',
  ];
  const labels = { 'app.kubernetes.io/instance': 'ingress-nginx' };
  expect(rulesOf(await overlay(EMPTY + nginxDeployment({ args, labels })))).toEqual([]);
});

test('is silent where the backend ends TLS itself', async () => {
  const annotations = { 'nginx.ingress.kubernetes.io/ssl-passthrough': 'true' };
  expect(rulesOf(await overlay(ingress({ annotations, spec: SPEC })))).not.toContain('tls-secretname-empty');
});
