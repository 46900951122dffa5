import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { nginxAccess, nginxError, nginxLog } from '../controller-logs.ts';
import { documents, ingressTo, POD_A, POD_B, pod, service } from '../shop-objects.ts';

const NAME = 'backend-grpc-undeclared';

function pods(readinessProbe: object): readonly object[] {
  const container = { readinessProbe };
  return [pod(POD_A, { container }), pod(POD_B, { container, ip: '10.244.0.22' })];
}

function named(port: object): readonly object[] {
  return [
    service({ ports: [{ name: 'http', port: 80, targetPort: 'http', ...port }] }),
    ...pods({ tcpSocket: { port: 8080 } }),
  ];
}

test.each<[string, readonly object[]]>([
  ['a gRPC probe that passes', pods({ grpc: { port: 8080 } })],
  ['appProtocol', named({ appProtocol: 'kubernetes.io/h2c' })],
])('is likely by %s', async (_case, objects) => {
  const diagnosis = await overlay(documents(...objects));
  expect(rootOf(diagnosis)).toBe(NAME);
  expect(findingOf(diagnosis, NAME).confidence).toBe('likely');
});

test.each([
  [
    'says that the answer is none',
    nginxError('upstream sent no valid HTTP/1.0 header while reading response header from upstream'),
  ],
  [
    'has raw HTTP/2 in the access log',
    nginxAccess(9, '10.244.0.21:8080 27 0.001 200').replace(' 9 160', ' 009 160'),
  ],
])('is certain where nginx %s', async (_case, line) => {
  const diagnosis = await overlay(documents(...pods({ grpc: { port: 8080 } }), nginxLog(line)));
  expect(findingOf(diagnosis, NAME).confidence).toBe('certain');
});

test.each<[string, readonly object[]]>([
  [
    'the controller was told',
    [
      ...pods({ grpc: { port: 8080 } }),
      ingressTo('web', { number: 80 }, { 'nginx.ingress.kubernetes.io/backend-protocol': 'GRPC' }),
    ],
  ],
  ['the Pods answer HTTP/1.1', [...pods({ grpc: { port: 8080 } }), nginxLog(nginxAccess(200))]],
  ['the gRPC probe is for another port', pods({ grpc: { port: 9090 } })],
])('is silent when %s', async (_case, objects) => {
  expect(rulesOf(await overlay(documents(...objects)))).not.toContain(NAME);
});

test('Contour reads appProtocol by itself', async () => {
  const yaml = documents(...named({ appProtocol: 'kubernetes.io/h2c' }));
  expect(rulesOf(await overlay(yaml, { controller: 'contour' }))).not.toContain(NAME);
});
