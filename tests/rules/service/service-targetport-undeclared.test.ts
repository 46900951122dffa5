import { findingOf, overlay, rulesOf } from '../check.ts';
import {
  CONTROLLER_POD,
  documents,
  endpoint,
  POD_A,
  POD_B,
  pod,
  podLog,
  service,
  slice,
} from '../shop-objects.ts';

const numbered = service({ ports: [{ name: 'http', port: 80, targetPort: 3000, protocol: 'TCP' }] });
const endpoints = slice(
  [endpoint('10.244.0.21', POD_A), endpoint('10.244.0.22', POD_B)],
  [{ name: 'http', port: 3000 }],
);
const pods = (container: object) => [pod(POD_A, { container }), pod(POD_B, { container, ip: '10.244.0.22' })];
const access = (upstream: string, status: number) =>
  `10.0.0.1 - - [02/Mar/2026:11:59:59 +0000] "GET / HTTP/1.1" ${status} 0 "-" "curl" 80 0.002 [shop-web-80] [] ${upstream} 12 0.002 ${status} 9f3a`;

test("a refused connection in the controller's log makes it certain", async () => {
  const line =
    'connect() failed (111: Connection refused) while connecting to upstream, upstream: "http://10.244.0.21:3000/"';
  const yaml = documents(numbered, endpoints, podLog('ingress-nginx', CONTROLLER_POD, 'controller', line));
  expect(findingOf(await overlay(yaml), 'service-targetport-undeclared').confidence).toBe('certain');
});

test('an answer from that port in the log of the controller clears it', async () => {
  const log = podLog('ingress-nginx', CONTROLLER_POD, 'controller', access('10.244.0.21:3000', 200));
  expect(rulesOf(await overlay(documents(numbered, endpoints, log)))).not.toContain(
    'service-targetport-undeclared',
  );
  const other = podLog('ingress-nginx', CONTROLLER_POD, 'controller', access('10.244.0.21:30001', 200));
  expect(rulesOf(await overlay(documents(numbered, endpoints, other)))).toContain(
    'service-targetport-undeclared',
  );
});

test('Pods that declare no port say nothing', async () => {
  const yaml = documents(
    numbered,
    endpoints,
    ...pods({ ports: [], readinessProbe: { tcpSocket: { port: 3000 } } }),
  );
  expect((await overlay(yaml)).verdict).toBe('healthy');
});

test('a probe that passes on the port proves that something listens', async () => {
  const yaml = documents(numbered, endpoints, ...pods({ livenessProbe: { httpGet: { port: 3000 } } }));
  expect((await overlay(yaml)).verdict).toBe('healthy');
});

test('Pods that declare a port for metrics only may well serve another', async () => {
  const ports = [{ name: 'metrics', containerPort: 9090 }];
  const diagnosis = await overlay(
    documents(numbered, endpoints, ...pods({ ports, readinessProbe: { exec: { command: ['true'] } } })),
  );
  expect(findingOf(diagnosis, 'service-targetport-undeclared')).toMatchObject({
    confidence: 'suspect',
    severity: 'info',
  });
  expect(diagnosis.verdict).toBe('healthy');
});

test('Pods that are not ready get no requests', async () => {
  const down = { ready: false, since: '2026-03-02T11:00:00Z' };
  const yaml = documents(numbered, endpoints, pod(POD_A, down), pod(POD_B, { ...down, ip: '10.244.0.22' }));
  expect(rulesOf(await overlay(yaml))).not.toContain('service-targetport-undeclared');
});
