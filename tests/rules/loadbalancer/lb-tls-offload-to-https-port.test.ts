import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { nginxService } from '../controllers.ts';

const BETA = 'service.beta.kubernetes.io';

function balanced(annotations: Readonly<Record<string, string>>, targetPort: string | number): string {
  const ports = [
    { name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' },
    { name: 'https', port: 443, targetPort, protocol: 'TCP' },
  ];
  return nginxService({ address: '203.0.113.10', annotations, spec: { ports } });
}

const CERTIFICATE = { [`${BETA}/aws-load-balancer-ssl-cert`]: 'arn:aws:acm:x' };

test.each([
  ['AWS', CERTIFICATE, 'https'],
  ['AWS, by number', CERTIFICATE, 443],
  ['DigitalOcean', { [`${BETA}/do-loadbalancer-certificate-id`]: '0a1b' }, 'https'],
])('answers 400 behind %s', async (_, annotations, targetPort) => {
  const diagnosis = await overlay(balanced(annotations, targetPort));
  expect(rootsOf(diagnosis)).toEqual(['lb-tls-offload-to-https-port']);
  expect(statusOf(diagnosis)).toBe(400);
});

test('points the port at the one for plain HTTP', async () => {
  const finding = findingOf(await overlay(balanced(CERTIFICATE, 'https')), 'lb-tls-offload-to-https-port');
  expect(finding.fix?.commands[0]?.run).toContain('"path":"/spec/ports/1/targetPort","value":"http"');
});

test.each([
  ['a port that leads to plain HTTP', balanced(CERTIFICATE, 'http')],
  ['no certificate', balanced({}, 'https')],
  [
    'TLS towards the Nodes too',
    balanced({ ...CERTIFICATE, [`${BETA}/aws-load-balancer-backend-protocol`]: 'SSL' }, 'https'),
  ],
  [
    'a port that is passed through',
    balanced({ ...CERTIFICATE, [`${BETA}/aws-load-balancer-ssl-ports`]: '8443' }, 'https'),
  ],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('lb-tls-offload-to-https-port');
});
