import { findingOf, overlay, rulesOf } from '../check.ts';
import { albController } from '../clouds.ts';
import { nginxService } from '../controllers.ts';
import { ingress } from '../ingresses.ts';

const address = '203.0.113.10';

test.each([
  [
    'the field',
    nginxService({ address, spec: { loadBalancerSourceRanges: ['198.51.100.0/24'] } }),
    'Service',
  ],
  [
    'an annotation',
    nginxService({
      address,
      annotations: { 'service.beta.kubernetes.io/azure-allowed-ip-ranges': '198.51.100.0/24, 192.0.2.0/24' },
    }),
    'Service',
  ],
  [
    'the annotation of an Ingress',
    albController() +
      ingress({
        className: 'alb',
        annotations: {
          'alb.ingress.kubernetes.io/target-type': 'ip',
          'alb.ingress.kubernetes.io/inbound-cidrs': '198.51.100.0/24',
        },
      }),
    'Ingress',
  ],
])('remarks on %s', async (_, yaml, kind) => {
  const diagnosis = await overlay(yaml);
  expect(findingOf(diagnosis, 'lb-source-ranges')).toMatchObject({ severity: 'info', object: { kind } });
  expect(diagnosis.verdict).toBe('healthy');
});

test.each([
  ['no list', nginxService({ address })],
  ['everybody', nginxService({ address, spec: { loadBalancerSourceRanges: ['10.0.0.0/8', '0.0.0.0/0'] } })],
  ['node ports', nginxService({ type: 'NodePort', spec: { loadBalancerSourceRanges: ['10.0.0.0/8'] } })],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('lb-source-ranges');
});
