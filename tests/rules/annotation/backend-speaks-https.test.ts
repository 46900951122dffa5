import { findingOf, overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { nginxAccess, nginxError, nginxLog } from '../controller-logs.ts';
import { documents, endpoint, ingressTo, POD_A, POD_B, pod, service, slice } from '../shop-objects.ts';

const NAME = 'backend-speaks-https';
const ANNOTATION = 'nginx.ingress.kubernetes.io/backend-protocol';

function pods(readinessProbe: object, containerPort = 8080): readonly object[] {
  const container = { ports: [{ name: 'http', containerPort }], readinessProbe };
  return [pod(POD_A, { container }), pod(POD_B, { container, ip: '10.244.0.22' })];
}

const tls = { httpGet: { path: '/', port: 'http', scheme: 'HTTPS' } };
const plain = { httpGet: { path: '/', port: 'http' } };

test('a readiness probe that passes over TLS shows it', async () => {
  const diagnosis = await overlay(documents(...pods(tls)));
  expect(rootOf(diagnosis)).toBe(NAME);
  expect(findingOf(diagnosis, NAME).confidence).toBe('likely');
  expect(statusOf(diagnosis)).toBe(400);
  expect(findingOf(diagnosis, NAME).fix?.commands[0]?.run).toBe(
    `kubectl -n shop annotate ingress web ${ANNOTATION}=HTTPS --overwrite`,
  );
});

test('is certain where the Pods also answer 400', async () => {
  const diagnosis = await overlay(documents(...pods(tls), nginxLog(nginxAccess(400))));
  expect(findingOf(diagnosis, NAME)).toMatchObject({ confidence: 'certain', status: 400 });
});

test('a port that is named for TLS twice is likely only with a failing request', async () => {
  const ports = [{ name: 'https', port: 443, targetPort: 8443, protocol: 'TCP' }];
  const named = documents(
    ...pods({ tcpSocket: { port: 8443 } }, 8443),
    service({ ports }),
    slice([endpoint('10.244.0.21', POD_A), endpoint('10.244.0.22', POD_B)], [{ name: 'https', port: 8443 }]),
    ingressTo('web', { number: 443 }),
  );
  const alone = await overlay(named);
  expect(findingOf(alone, NAME)).toMatchObject({ confidence: 'suspect', severity: 'info' });
  expect(alone.verdict).toBe('healthy');
  const line = nginxError(
    'upstream prematurely closed connection while reading response header from upstream',
    {
      address: '10.244.0.21:8443',
    },
  );
  expect(findingOf(await overlay(documents(nginxLog(line)).concat('\n---\n', named)), NAME).confidence).toBe(
    'likely',
  );
});

test.each<[string, readonly object[]]>([
  ['the controller was told', [...pods(tls), ingressTo('web', { number: 80 }, { [ANNOTATION]: ' https ' })]],
  ['the Pods answer all the same', [...pods(tls), nginxLog(nginxAccess(200))]],
  ['the probe is for plain HTTP', pods(plain)],
  ['the probe tries another port', pods({ httpGet: { path: '/', port: 9443, scheme: 'HTTPS' } })],
  [
    'only the Service port is called https',
    [service({ ports: [{ name: 'https', port: 443, targetPort: 'http' }] })],
  ],
])('is silent when %s', async (_case, objects) => {
  expect(rulesOf(await overlay(documents(...objects)))).not.toContain(NAME);
});

test('Contour is told by the Service', async () => {
  const ports = [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }];
  const told = {
    ...service({ ports }),
    metadata: {
      name: 'web',
      namespace: 'shop',
      annotations: { 'projectcontour.io/upstream-protocol.tls': '80, 443' },
    },
  };
  expect(rulesOf(await overlay(documents(...pods(tls), told), { controller: 'contour' }))).not.toContain(
    NAME,
  );
  expect(rulesOf(await overlay(documents(...pods(tls)), { controller: 'contour' }))).toContain(NAME);
});
