import { findingOf, overlay, rootOf, rootsOf, rulesOf, statusOf } from '../check.ts';
import { besideReadyPod, onlyPod } from '../pods.ts';
import { documents, POD_A, POD_B, pod, podLog } from '../shop-objects.ts';

/** What the controller's Pod of base.yaml has logged. */
function controllerLog(...lines: readonly string[]): object {
  return {
    apiVersion: 'gateway-doctor/v1',
    kind: 'PodLog',
    metadata: { namespace: 'ingress-nginx', name: 'ingress-nginx-controller-5c4d9-x8k2p' },
    container: 'controller',
    previous: false,
    text: lines.join('\n'),
  };
}

const refused = (time: string) =>
  `2026/03/02 ${time} [error] 31#31: *9 connect() failed (111: Connection refused) while connecting to upstream, upstream: "http://10.244.0.21:8080/"`;
const answered = (time: string, address = '10.244.0.21:8080') =>
  `198.51.100.7 - - [02/Mar/2026:${time} +0000] "GET / HTTP/1.1" 200 512 "-" "curl" 90 0.004 [shop-web-http] [] ${address} 512 0.004 200 0a1b2c`;
const container = { readinessProbe: undefined };

test('is certain by the log of the controller', async () => {
  const diagnosis = await overlay(onlyPod({ ready: true, container }, controllerLog(refused('11:59:50'))));
  expect(rootOf(diagnosis)).toBe('pod-ready-but-refusing');
  expect(findingOf(diagnosis, 'pod-ready-but-refusing')).toMatchObject({
    confidence: 'certain',
    partial: false,
  });
  expect(statusOf(diagnosis)).toBe(502);
});

test('is likely by the log of an app that listens on the loopback address', async () => {
  const log = 'ready: listening on 127.0.0.1:8080';
  const diagnosis = await overlay(onlyPod({ ready: true, container, log }));
  expect(findingOf(diagnosis, 'pod-ready-but-refusing').confidence).toBe('likely');
});

test('is partial beside a Pod that answers', async () => {
  const log = controllerLog(refused('11:59:50'), answered('11:59:55', '10.244.0.22:8080'));
  const diagnosis = await overlay(besideReadyPod({ ready: true, container }, log));
  expect(findingOf(diagnosis, 'pod-ready-but-refusing').partial).toBe(true);
  expect(diagnosis.verdict).toBe('degraded');
});

test.each([
  ['the Pod has answered since', [refused('11:59:00'), answered('11:59:30')]],
  ['it was before the Pod became ready', [refused('11:00:30')]],
  ['it was long ago', [refused('11:30:00')]],
  ['another address refused', [refused('11:59:50').replace('10.244.0.21', '10.244.0.121')]],
])('a refusal does not count when %s', async (_case, lines) => {
  const diagnosis = await overlay(onlyPod({ ready: true, container }, controllerLog(...lines)));
  expect(rulesOf(diagnosis)).not.toContain('pod-ready-but-refusing');
});

describe('HAProxy, whose log names no addresses', () => {
  const line = (time: string, status: number, end: string, backend = 'shop_web_http') =>
    `198.51.100.7:5134 [02/Mar/2026:${time}.102] _front_http ${backend}/srv001 0/0/0/1/1 ${status} 217 - - ${end} 2/2/0/0/3 0/0 "GET / HTTP/1.1"`;
  const asHaproxy = (text: string) =>
    text
      .replaceAll(
        'registry.example.com/ingress-nginx/controller:v1.14.0',
        'registry.example.com/jcmoraisjr/haproxy-ingress:v0.15.0',
      )
      .replaceAll('"app.kubernetes.io/name":"ingress-nginx"', '"app.kubernetes.io/name":"haproxy-ingress"')
      .replaceAll('--controller-class=k8s.io/ingress-nginx', '--sort-backends')
      .replaceAll('k8s.io/ingress-nginx', 'haproxy-ingress.github.io/controller')
      .replaceAll('/nginx-ingress-controller', '--log-level=info');
  const change = (object: object) => JSON.parse(asHaproxy(JSON.stringify(object))) as object;
  const log = (...lines: readonly string[]) => onlyPod({ ready: true, container }, controllerLog(...lines));

  test('is likely where every request to the Service was refused', async () => {
    const diagnosis = await overlay(log(line('11:59:50', 503, 'SC--'), line('11:59:55', 503, 'SC--')), {
      change,
    });
    expect(diagnosis.controller?.product).toBe('haproxy-ingress');
    expect(findingOf(diagnosis, 'pod-ready-but-refusing').confidence).toBe('likely');
    expect(statusOf(diagnosis)).toBe(503);
  });

  test.each([
    ['another was answered', [line('11:59:50', 503, 'SC--'), line('11:59:55', 200, '----')]],
    ['it was another Service', [line('11:59:50', 503, 'SC--', 'shop_blog_http')]],
  ])('is silent where %s', async (_case, lines) => {
    expect(rulesOf(await overlay(log(...lines), { change }))).not.toContain('pod-ready-but-refusing');
  });
});

test('a readiness probe that passes on the port proves that it is open', async () => {
  const diagnosis = await overlay(onlyPod({ ready: true, log: 'listening on 127.0.0.1:8080' }));
  expect(rulesOf(diagnosis)).not.toContain('pod-ready-but-refusing');
});

test('a missing readiness probe alone proves nothing', async () => {
  const diagnosis = await overlay(
    onlyPod({ ready: true, container, log: 'listening on http://localhost:8080' }),
  );
  expect(rulesOf(diagnosis)).not.toContain('pod-ready-but-refusing');
  expect(diagnosis.verdict).toBe('healthy');
});

test('Pods of one ReplicaSet are one cause, though the log of one alone tells of the loopback address', async () => {
  const both = controllerLog(refused('11:59:50'), refused('11:59:55').replace('10.244.0.21', '10.244.0.22'));
  const silent = pod(POD_B, { ip: '10.244.0.22', container });
  const yaml = documents(
    pod(POD_A, { container }),
    silent,
    both,
    podLog('shop', POD_A, 'app', 'listening on 127.0.0.1:8080'),
  );
  expect(rootsOf(await overlay(yaml))).toEqual(['pod-ready-but-refusing']);
});
