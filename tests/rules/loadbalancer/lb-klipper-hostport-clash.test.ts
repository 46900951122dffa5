import { overlay, rootsOf, rulesOf } from '../check.ts';
import { cloudNode } from '../clouds.ts';
import { nginxService } from '../controllers.ts';
import { document, ingress } from '../ingresses.ts';

const PENDING = nginxService() + ingress({ hasAddress: false }) + cloudNode();

function balancerPod(
  message: string,
  service = 'ingress-nginx-controller',
  namespace = 'ingress-nginx',
): string {
  return document({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'svclb-1',
      namespace: 'kube-system',
      labels: {
        'svccontroller.k3s.cattle.io/svcname': service,
        'svccontroller.k3s.cattle.io/svcnamespace': namespace,
      },
    },
    spec: { containers: [{ name: 'lb-tcp-80', ports: [{ containerPort: 80, hostPort: 80 }] }] },
    status: {
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
    },
  });
}

const CLASH = "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.";

test('is the one root where nothing else has acted on the Service', async () => {
  const diagnosis = await overlay(PENDING + balancerPod(CLASH));
  expect(rootsOf(diagnosis)).toEqual(['lb-klipper-hostport-clash']);
});

test.each([
  [
    'a Pod that waits for something else',
    PENDING + balancerPod('0/1 nodes are available: 1 Insufficient cpu.'),
  ],
  ['a Pod of another Service', PENDING + balancerPod(CLASH, 'ingress-nginx-controller', 'other')],
  ['a Service that has an address', nginxService({ address: '203.0.113.10' }) + balancerPod(CLASH)],
])('is silent on %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain('lb-klipper-hostport-clash');
});
