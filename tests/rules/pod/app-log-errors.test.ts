import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { besideReadyPod, onlyPod } from '../pods.ts';

function lines(count: number, line: string): string {
  return `${Array.from({ length: count }, () => line).join('\n')}\n`;
}

test('an access log full of 500 says that the app answers so', async () => {
  const log = lines(12, '10.244.0.10 - - [02/Mar/2026:11:59:40 +0000] "GET /items HTTP/1.1" 500 120');
  const diagnosis = await overlay(onlyPod({ ready: true, log }));
  expect(rootOf(diagnosis)).toBe('app-log-errors');
  expect(findingOf(diagnosis, 'app-log-errors')).toMatchObject({
    symptom: 'application-error',
    partial: false,
  });
});

test('errors of weight in the last lines count where there is no access log', async () => {
  const log = lines(4, '2026-03-02T11:59:40Z ERROR connect ECONNREFUSED 10.96.0.40:5432');
  expect(rootOf(await overlay(onlyPod({ ready: true, log })))).toBe('app-log-errors');
});

test('counts what the controller saw the Pod answer', async () => {
  const text = lines(
    5,
    '198.51.100.7 - - [02/Mar/2026:11:59:40 +0000] "GET / HTTP/1.1" 500 9 "-" "curl" 90 0.004 [shop-web-http] [] 10.244.0.21:8080 9 0.004 500 0a1b2c',
  );
  const controllerLog = {
    apiVersion: 'gateway-doctor/v1',
    kind: 'PodLog',
    metadata: { namespace: 'ingress-nginx', name: 'ingress-nginx-controller-5c4d9-x8k2p' },
    container: 'controller',
    previous: false,
    text,
  };
  const diagnosis = await overlay(onlyPod({ ready: true, log: 'started\n' }, controllerLog));
  expect(findingOf(diagnosis, 'app-log-errors').message).toContain('answers 500');
});

test('is partial beside a Pod whose log is clean', async () => {
  const clean = {
    apiVersion: 'gateway-doctor/v1',
    kind: 'PodLog',
    metadata: { namespace: 'shop', name: 'web-6b7f-bbbbb' },
    container: 'app',
    previous: false,
    text: lines(5, 'GET /items 200 3ms'),
  };
  const diagnosis = await overlay(
    besideReadyPod({ ready: true, log: lines(5, 'GET /items 503 3ms') }, clean),
  );
  expect(findingOf(diagnosis, 'app-log-errors').partial).toBe(true);
  expect(diagnosis.verdict).toBe('degraded');
});

test.each([
  [
    'one error among many answers',
    `${lines(30, 'GET / 200 3ms')}ERROR: connection refused\n${lines(9, 'GET / 200 2ms')}`,
  ],
  ['errors of an hour ago', lines(9, '2026-03-02T10:59:40Z ERROR connect ECONNREFUSED 10.96.0.40:5432')],
  [
    'errors at start that are over',
    `${lines(4, 'ERROR connect ECONNREFUSED')}${lines(25, 'INFO order placed')}`,
  ],
  ['probes that are answered 503', lines(9, 'GET /healthz 503 1ms')],
  ['answers that are the client’s fault', lines(9, 'GET /nothing 404 1ms')],
  ['errors of no weight', lines(9, 'ERROR invalid coupon code')],
])('%s are no outage', async (_case, log) => {
  const diagnosis = await overlay(onlyPod({ ready: true, log }));
  expect(rulesOf(diagnosis)).not.toContain('app-log-errors');
  expect(diagnosis.verdict).toBe('healthy');
});

test('a Pod that is not ready has other rules', async () => {
  const diagnosis = await overlay(onlyPod({ log: lines(9, 'GET / 500 1ms') }));
  expect(rulesOf(diagnosis)).not.toContain('app-log-errors');
});
