import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { event } from '../clouds.ts';
import { nginxService } from '../controllers.ts';
import { ingress } from '../ingresses.ts';

const SPEC = {
  ports: [
    { name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' },
    { name: 'http3', port: 443, targetPort: 'https', protocol: 'UDP' },
  ],
};
const CONDITION = {
  conditions: [
    { type: 'LoadBalancerPortsError', status: 'True', reason: 'LoadBalancerMixedProtocolNotSupported' },
  ],
};
const REFUSED = event({
  reason: 'LoadBalancerMixedProtocolNotSupported',
  kind: 'Service',
  namespace: 'ingress-nginx',
  name: 'ingress-nginx-controller',
});
const NO_ADDRESS = ingress({ hasAddress: false });

test('explains the pending Service by its event', async () => {
  const diagnosis = await overlay(nginxService({ spec: SPEC }) + NO_ADDRESS + REFUSED);
  expect(rootsOf(diagnosis)).toEqual(['lb-mixed-protocol']);
});

test('lets requests be where the Service has an address', async () => {
  const diagnosis = await overlay(nginxService({ spec: SPEC, address: '203.0.113.10', status: CONDITION }));
  expect(findingOf(diagnosis, 'lb-mixed-protocol').severity).toBe('medium');
  expect(diagnosis.verdict).toBe('healthy');
});

test.each([
  ['a load balancer that takes both', nginxService({ spec: SPEC, address: '203.0.113.10' })],
  ['a condition that is over', nginxService({ status: CONDITION }) + NO_ADDRESS],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('lb-mixed-protocol');
});
