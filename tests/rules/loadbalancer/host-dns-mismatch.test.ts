import { findingOf, overlay, rulesOf } from '../check.ts';
import { nginxDeployment, nginxService } from '../controllers.ts';
import { ingress } from '../ingresses.ts';

const PUBLISHING = nginxDeployment({
  args: ['--ingress-class=nginx', '--publish-service=$(POD_NAMESPACE)/ingress-nginx-controller'],
});
const MOVED = nginxService({ address: '203.0.113.77' });

test('reports an address in the status that the controller no longer has', async () => {
  const diagnosis = await overlay(PUBLISHING + MOVED + ingress());
  expect(findingOf(diagnosis, 'host-dns-mismatch')).toMatchObject({ severity: 'info', confidence: 'likely' });
  expect(diagnosis.verdict).toBe('healthy');
});

test('only suspects a target that is published on purpose', async () => {
  const annotations = { 'external-dns.alpha.kubernetes.io/target': '198.51.100.9' };
  expect(findingOf(await overlay(ingress({ annotations })), 'host-dns-mismatch')).toMatchObject({
    severity: 'info',
    confidence: 'suspect',
  });
});

test.each([
  ['the address that the controller has', PUBLISHING + nginxService({ address: '203.0.113.10' }) + ingress()],
  [
    'an address that is published on purpose',
    nginxDeployment({ args: ['--ingress-class=nginx', '--publish-status-address=203.0.113.10'] }) +
      MOVED +
      ingress(),
  ],
  ['a controller that was not told what to publish', nginxDeployment() + MOVED + ingress()],
  [
    'a target that is a name, such as of a CDN',
    ingress({ annotations: { 'external-dns.alpha.kubernetes.io/target': 'cdn.example.net' } }),
  ],
  [
    'an address of another family',
    `${PUBLISHING}${MOVED}${ingress().replace('203.0.113.10', '2001:db8::10')}`,
  ],
  ['no address yet', PUBLISHING + MOVED + ingress({ hasAddress: false })],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('host-dns-mismatch');
});
