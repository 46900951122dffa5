import { findingOf, overlay, rulesOf } from '../check.ts';
import { nginxPod, nginxService } from '../controllers.ts';

const NODE_PORT = nginxService({ type: 'NodePort' });

test.each([
  ['NodePort', 'likely'],
  ['ClusterIP', 'suspect'],
])('is a remark on a Service of type %s', async (type, confidence) => {
  const diagnosis = await overlay(nginxService({ type }));
  expect(findingOf(diagnosis, 'lb-nodeport-only')).toMatchObject({ severity: 'info', confidence });
  expect(diagnosis.verdict).toBe('healthy');
});

test.each([
  ["Pods in the Node's network", NODE_PORT + nginxPod({ spec: { hostNetwork: true } })],
  ['a load balancer beside it', NODE_PORT + nginxService({ name: 'public', address: '203.0.113.10' })],
  ['addresses from outside', nginxService({ type: 'NodePort', spec: { externalIPs: ['203.0.113.10'] } })],
  [
    'a Service for the admission webhook only',
    nginxService({
      type: 'ClusterIP',
      spec: { ports: [{ name: 'https-webhook', port: 443, targetPort: 'webhook' }] },
    }),
  ],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('lb-nodeport-only');
});
