import { describeProbe, probeAllowance, probePort, startAllowance } from '../../src/kubernetes/probe.ts';

test.each([
  [{ httpGet: { path: '/healthz', port: 8080 } }, 'GET :8080/healthz'],
  [{ httpGet: { path: 'ready', port: 'https', scheme: 'HTTPS' } }, 'GET https :https/ready'],
  [{ httpGet: { port: 80 } }, 'GET :80/'],
  [{ tcpSocket: { port: 5432 } }, 'TCP connection to :5432'],
  [{ grpc: { port: 9090 } }, 'gRPC check on :9090'],
  [{ exec: { command: ['cat', '/tmp/ready'] } }, 'command cat /tmp/ready'],
  [{}, 'check'],
])('%j is described as %s', (probe, text) => {
  expect(describeProbe(probe)).toBe(text);
});

test('takes the defaults of the API server', () => {
  expect(probeAllowance({})).toBe(31);
  expect(
    probeAllowance({ initialDelaySeconds: 10, periodSeconds: 5, failureThreshold: 2, timeoutSeconds: 3 }),
  ).toBe(23);
  expect(startAllowance({})).toBe(0);
  expect(startAllowance({ startupProbe: { failureThreshold: 30 }, readinessProbe: {} })).toBe(301 + 31);
});

test('a named port is one of the container', () => {
  const container = { ports: [{ name: 'http', containerPort: 8080 }] };
  expect(probePort({ httpGet: { port: 'http' } }, container)).toBe(8080);
  expect(describeProbe({ tcpSocket: { port: 'http' } }, container)).toBe('TCP connection to :8080');
  expect(probePort({ httpGet: { port: 'other' } }, container)).toBeUndefined();
  expect(probePort({ exec: {} }, container)).toBeUndefined();
});
