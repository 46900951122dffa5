import { findingOf, overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { documents, ingressTo, POD_A, POD_B, pod, podLog } from '../shop-objects.ts';

const NAME = 'traefik-self-signed-backend';
const traefik = { controller: 'traefik' } as const;

function web(annotations: object = {}): readonly object[] {
  const container = { readinessProbe: { tcpSocket: { port: 8080 } } };
  const ports = [{ name: 'http', port: 443, targetPort: 'http', protocol: 'TCP' }];
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop', annotations },
      spec: { clusterIP: '10.96.0.30', selector: { app: 'web' }, ports },
    },
    ingressTo('web', { number: 443 }),
    pod(POD_A, { container }),
    pod(POD_B, { container, ip: '10.244.0.22' }),
  ];
}

test('is likely for a port that Traefik takes for HTTPS', async () => {
  const diagnosis = await overlay(documents(...web()), traefik);
  expect(rootOf(diagnosis)).toBe(NAME);
  expect(findingOf(diagnosis, NAME).confidence).toBe('likely');
  expect(statusOf(diagnosis)).toBe(500);
});

test('is certain where Traefik says so and answers 500', async () => {
  const lines = [
    '2026-03-02T11:59:40Z ERR 500 Internal Server Error error="tls: failed to verify certificate: x509: certificate signed by unknown authority"',
    '198.51.100.7 - - [02/Mar/2026:11:59:40 +0000] "GET / HTTP/1.1" 500 21 "-" "-" 17 "web-shop@kubernetes" "https://10.244.0.21:8080" 3ms',
  ];
  const log = podLog('traefik', 'traefik-1', 'traefik', lines.join('\n'));
  expect(findingOf(await overlay(documents(...web(), log), traefik), NAME).confidence).toBe('certain');
});

test.each([
  [
    'a ServersTransport is named',
    { 'traefik.ingress.kubernetes.io/service.serverstransport': 'shop-web@kubernetescrd' },
  ],
  ['it was told to speak plain HTTP', { 'traefik.ingress.kubernetes.io/service.serversscheme': 'http' }],
])('is silent when %s', async (_case, annotations) => {
  expect(rulesOf(await overlay(documents(...web(annotations)), traefik))).not.toContain(NAME);
});

test('is silent where Traefik takes every certificate', async () => {
  const diagnosis = await overlay(documents(...web()), {
    ...traefik,
    change: (object) =>
      JSON.parse(
        JSON.stringify(object).replace(
          '"--providers.kubernetesingress"',
          '"--providers.kubernetesingress","--serversTransport.insecureSkipVerify"',
        ),
      ) as unknown,
  });
  expect(rulesOf(diagnosis)).not.toContain(NAME);
});

test('ingress-nginx checks no certificate', async () => {
  expect(rulesOf(await overlay(documents(...web())))).not.toContain(NAME);
});
