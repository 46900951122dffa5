import { findingOf, overlay, rulesOf } from '../check.ts';
import { nginxPod, nginxService } from '../controllers.ts';
import { document, ingress } from '../ingresses.ts';

const LOCAL = nginxService({ type: 'NodePort', externalTrafficPolicy: 'Local' });
const NODE2 = document({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'node2' },
  status: {
    conditions: [{ type: 'Ready', status: 'True' }],
    addresses: [{ type: 'InternalIP', address: '192.0.2.11' }],
  },
});

function addressedAt(...ips: readonly string[]): (object: object) => unknown {
  return (object) =>
    (object as { readonly kind?: string }).kind === 'Ingress'
      ? { ...object, status: { loadBalancer: { ingress: ips.map((ip) => ({ ip })) } } }
      : object;
}

test('drops some requests where one of two Nodes has no Pod', async () => {
  const diagnosis = await overlay(LOCAL + NODE2, { change: addressedAt('192.0.2.10', '192.0.2.11') });
  expect(findingOf(diagnosis, 'lb-etp-local-no-local-pod')).toMatchObject({
    partial: true,
    confidence: 'likely',
  });
  expect(diagnosis.verdict).toBe('degraded');
});

test('drops all where the only address is that of a Node without a Pod', async () => {
  const diagnosis = await overlay(LOCAL + NODE2, { change: addressedAt('192.0.2.11') });
  expect(findingOf(diagnosis, 'lb-etp-local-no-local-pod').partial).toBe(false);
  expect(diagnosis.verdict).toBe('failing');
});

test.each([
  [
    'a load balancer, which leaves such Nodes out',
    nginxService({ externalTrafficPolicy: 'Local', address: '203.0.113.10' }) + NODE2,
  ],
  ['policy Cluster', nginxService({ type: 'NodePort' }) + NODE2],
  ["Pods in the Node's network", LOCAL + NODE2 + nginxPod({ spec: { hostNetwork: true } })],
  ['a Pod on each Node', LOCAL + NODE2 + nginxPod({ name: 'second', nodeName: 'node2' })],
])('is silent on %s', async (_, yaml) => {
  const diagnosis = await overlay(yaml, { change: addressedAt('192.0.2.10', '192.0.2.11') });
  expect(rulesOf(diagnosis)).not.toContain('lb-etp-local-no-local-pod');
});

test('is silent where the address is nobody known', async () => {
  expect(rulesOf(await overlay(LOCAL + NODE2 + ingress()))).not.toContain('lb-etp-local-no-local-pod');
});

test('cannot tell without the Nodes', async () => {
  const diagnosis = await overlay(LOCAL, { forbidden: ['Node'] });
  expect(diagnosis.verdict).toBe('unknown');
});
