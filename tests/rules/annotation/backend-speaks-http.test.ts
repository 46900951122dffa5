import { findingOf, overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { nginxAccess, nginxError, nginxLog } from '../controller-logs.ts';
import { documents, ingressTo, service } from '../shop-objects.ts';

const NAME = 'backend-speaks-http';
const https = ingressTo('web', { number: 80 }, { 'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS' });
const WRONG =
  'SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number) while SSL handshaking to upstream';

test("the Pods' probe speaks plain HTTP on the same port", async () => {
  const diagnosis = await overlay(documents(https));
  expect(rootOf(diagnosis)).toBe(NAME);
  expect(findingOf(diagnosis, NAME).confidence).toBe('likely');
  expect(statusOf(diagnosis)).toBe(502);
});

test('is certain by the log, and the fix takes the annotation off', async () => {
  const finding = findingOf(await overlay(documents(https, nginxLog(nginxError(WRONG)))), NAME);
  expect(finding.confidence).toBe('certain');
  expect(finding.fix?.commands[0]?.run).toBe(
    'kubectl -n shop annotate ingress web nginx.ingress.kubernetes.io/backend-protocol-',
  );
});

test('Traefik speaks TLS to port 443 by itself', async () => {
  const yaml = documents(
    service({ ports: [{ name: 'http', port: 443, targetPort: 'http', protocol: 'TCP' }] }),
    ingressTo('web', { number: 443 }),
  );
  const diagnosis = await overlay(yaml, { controller: 'traefik' });
  expect(rootOf(diagnosis)).toBe(NAME);
  expect(statusOf(diagnosis)).toBe(500);
  expect(rulesOf(diagnosis)).not.toContain('traefik-self-signed-backend');
});

test.each<[string, readonly object[]]>([
  ['the controller speaks plain HTTP', [nginxLog(nginxError(WRONG))]],
  ['the Pods answer all the same', [https, nginxLog(nginxAccess(200))]],
])('is silent when %s', async (_case, objects) => {
  expect(rulesOf(await overlay(documents(...objects)))).not.toContain(NAME);
});
