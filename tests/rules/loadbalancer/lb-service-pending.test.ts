import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { nginxPod, nginxService } from '../controllers.ts';
import { document, ingress } from '../ingresses.ts';

const PENDING = nginxService() + ingress({ hasAddress: false });

test('leaves nothing to connect to', async () => {
  const diagnosis = await overlay(PENDING);
  expect(rootsOf(diagnosis)).toEqual(['lb-service-pending']);
  expect(diagnosis.routes[0]?.prediction).toMatchObject({ symptom: 'no-address', status: null });
});

test('shows the event that says why', async () => {
  const event = document({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'a', namespace: 'ingress-nginx' },
    involvedObject: { kind: 'Service', namespace: 'ingress-nginx', name: 'ingress-nginx-controller' },
    type: 'Warning',
    reason: 'SyncLoadBalancerFailed',
    message: 'quota exceeded',
    lastTimestamp: '2026-03-02T11:58:00Z',
  });
  const { evidence, message } = findingOf(await overlay(PENDING + event), 'lb-service-pending');
  expect(message).toContain('SyncLoadBalancerFailed');
  expect(evidence).toContainEqual(expect.objectContaining({ value: 'quota exceeded' }));
});

test('is likely while the Service is new', async () => {
  const diagnosis = await overlay(
    nginxService({ created: '2026-03-02T11:59:30Z' }) + ingress({ hasAddress: false }),
  );
  expect(findingOf(diagnosis, 'lb-service-pending').confidence).toBe('likely');
});

test.each([
  ['an address in the status', nginxService() + ingress()],
  ["Pods in the Node's network", PENDING + nginxPod({ spec: { hostNetwork: true } })],
  [
    'Pods with host ports, as on kind',
    PENDING + nginxPod({ spec: { containers: [{ name: 'controller', ports: [{ hostPort: 80 }] }] } }),
  ],
  ['a NodePort Service beside it', PENDING + nginxService({ name: 'ports', type: 'NodePort' })],
  ['another Service with an address', PENDING + nginxService({ name: 'other', address: '203.0.113.11' })],
])('is a remark beside %s', async (_, yaml) => {
  const diagnosis = await overlay(yaml);
  expect(findingOf(diagnosis, 'lb-service-pending').severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

test('is silent on node ports alone', async () => {
  const diagnosis = await overlay(nginxService({ type: 'NodePort' }));
  expect(rulesOf(diagnosis)).not.toContain('lb-service-pending');
});
