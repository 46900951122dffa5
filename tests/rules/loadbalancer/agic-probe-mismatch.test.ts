import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { agicController } from '../clouds.ts';
import { ingress } from '../ingresses.ts';
import { onlyPod } from '../pods.ts';

const AGIC = `\n${agicController()}${ingress({ className: 'appgw' })}`;

function withProbe(probe: object | undefined): string {
  const ports = [{ name: 'http', containerPort: 8080 }];
  return onlyPod({ ready: true, container: { ports, readinessProbe: probe } }) + AGIC;
}

test('is a remark, and a cause to somebody who sees 502', async () => {
  const yaml = withProbe({ tcpSocket: { port: 8080 } });
  const diagnosis = await overlay(yaml);
  expect(findingOf(diagnosis, 'agic-probe-mismatch').severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
  expect(rootsOf(await overlay(yaml, { seenStatus: 502 }))).toContain('agic-probe-mismatch');
});

test('counts a probe of another port', async () => {
  expect(rulesOf(await overlay(withProbe({ httpGet: { path: '/', port: 9090 } })))).toContain(
    'agic-probe-mismatch',
  );
});

test.each([
  ['a probe of the port by name', withProbe({ httpGet: { path: '/healthz', port: 'http' } })],
  [
    'a path that the Ingress names',
    withProbe(undefined) +
      ingress({ className: 'appgw', annotations: { 'appgw.ingress.kubernetes.io/health-probe-path': '/' } }),
  ],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('agic-probe-mismatch');
});
