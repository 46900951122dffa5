import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { cloudNode, nginxLog } from '../clouds.ts';
import { nginxService } from '../controllers.ts';

const AZURE = cloudNode('azure:///subscriptions/a/virtualMachines/b');
const BETA = 'service.beta.kubernetes.io';

function balanced(annotations: Readonly<Record<string, string>> = {}, spec: object = {}): string {
  const ports = [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }];
  return nginxService({ address: '203.0.113.10', annotations, spec: { ports, ...spec } });
}

function probe(status: number, time = '11:59:50'): string {
  return nginxLog(
    `10.224.0.4 - - [02/Mar/2026:${time} +0000] "GET / HTTP/1.1" ${status} 146 "-" "Load Balancer Agent" 108 0.000 [] [] - - - - 0123456789abcdef0123456789abcdef`,
  );
}

test('is proven by the checks in the log', async () => {
  const diagnosis = await overlay(AZURE + balanced() + probe(404));
  expect(rootsOf(diagnosis)).toEqual(['lb-azure-probe-path']);
  expect(diagnosis.verdict).toBe('failing');
});

test.each([
  ['no check was logged', AZURE + balanced()],
  ['it was long ago', AZURE + balanced() + probe(404, '10:00:00')],
])('is a remark where %s', async (_, yaml) => {
  const diagnosis = await overlay(yaml);
  expect(findingOf(diagnosis, 'lb-azure-probe-path')).toMatchObject({
    severity: 'info',
    confidence: 'suspect',
  });
  expect(diagnosis.verdict).toBe('healthy');
});

test.each([
  ['another cloud', cloudNode('aws:///a/i-1') + balanced()],
  [
    'a path that is set',
    AZURE + balanced({ [`${BETA}/azure-load-balancer-health-probe-request-path`]: '/healthz' }),
  ],
  [
    'a path that is set for the port',
    AZURE + balanced({ [`${BETA}/port_80_health-probe_request-path`]: '/healthz' }),
  ],
  ['a check by TCP', AZURE + balanced({ [`${BETA}/azure-load-balancer-health-probe-protocol`]: 'Tcp' })],
  ["the Nodes' own check", AZURE + balanced({}, { externalTrafficPolicy: 'Local' })],
  ['a check that is answered well', AZURE + balanced() + probe(200)],
  ['no appProtocol', AZURE + nginxService({ address: '203.0.113.10' })],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('lb-azure-probe-path');
});

test('is told by the log alone where Nodes may not be read', async () => {
  const diagnosis = await overlay(AZURE + balanced() + probe(404), { forbidden: ['Node'] });
  expect(rootsOf(diagnosis)).toEqual(['lb-azure-probe-path']);
  expect(rulesOf(await overlay(balanced(), { forbidden: ['Node'] }))).not.toContain('lb-azure-probe-path');
});
