import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { event } from '../clouds.ts';
import { nginxPod, nginxService } from '../controllers.ts';
import { document, ingress } from '../ingresses.ts';

const PENDING = nginxService() + ingress({ hasAddress: false });

function aboutService(reason: string, message: string, minutesAgo = 2): string {
  const service = { kind: 'Service', namespace: 'ingress-nginx', name: 'ingress-nginx-controller' };
  return event({ reason, message, minutesAgo, ...service });
}

const FULL = aboutService(
  'AllocationFailed',
  'Failed to allocate IP for "ingress-nginx/x": no available IPs',
);

test('explains the pending Service by the event of MetalLB', async () => {
  const diagnosis = await overlay(PENDING + FULL);
  expect(rootsOf(diagnosis)).toEqual(['lb-ip-pool-exhausted']);
  expect(rulesOf(diagnosis)).toContain('lb-service-pending');
});

test("shows MetalLB's pools", async () => {
  const pool = {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'IPAddressPool',
    metadata: { name: 'public', namespace: 'metallb-system' },
    spec: { addresses: ['203.0.113.10/32'] },
  };
  const diagnosis = await overlay(PENDING + FULL + document(pool));
  expect(findingOf(diagnosis, 'lb-ip-pool-exhausted').evidence).toContainEqual({
    object: { kind: 'IPAddressPool', namespace: 'metallb-system', name: 'public' },
    field: 'spec.addresses',
    value: '203.0.113.10/32',
  });
});

test('explains it by the condition of Cilium', async () => {
  const condition = { type: 'cilium.io/IPAMRequestSatisfied', status: 'False', reason: 'out_of_ips' };
  const diagnosis = await overlay(
    nginxService({ status: { conditions: [condition] } }) + ingress({ hasAddress: false }),
  );
  expect(rootsOf(diagnosis)).toEqual(['lb-ip-pool-exhausted']);
});

test('is a remark where host ports lead in', async () => {
  const diagnosis = await overlay(PENDING + FULL + nginxPod({ spec: { hostNetwork: true } }));
  expect(findingOf(diagnosis, 'lb-ip-pool-exhausted').severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

test.each([
  ['an address that it got after all', nginxService({ address: '203.0.113.10' }) + FULL],
  ['a later success', PENDING + FULL + aboutService('IPAllocated', 'Assigned IP', 1)],
  [
    'a request that was satisfied',
    nginxService({ status: { conditions: [{ type: 'cilium.io/IPAMRequestSatisfied', status: 'True' }] } }),
  ],
  ['a Service that waits for something else', PENDING],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('lb-ip-pool-exhausted');
});
