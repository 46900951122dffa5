import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { nginxPod, nginxService } from '../controllers.ts';
import { document, ingress } from '../ingresses.ts';

const PENDING = nginxService() + ingress({ hasAddress: false });
const BARE = node();

function node(providerID?: string): string {
  return document({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node1' },
    spec: providerID === undefined ? {} : { providerID },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  });
}

test.each([
  ['Nodes without a provider', BARE],
  ['Nodes of kind', node('kind://docker/kind/node1')],
])('explains the pending Service on %s', async (_, nodes) => {
  const diagnosis = await overlay(PENDING + nodes);
  expect(rootsOf(diagnosis)).toEqual(['lb-no-implementation']);
  expect(rulesOf(diagnosis)).toContain('lb-service-pending');
});

test('is a remark where host ports lead in', async () => {
  const diagnosis = await overlay(PENDING + BARE + nginxPod({ spec: { hostNetwork: true } }));
  expect(findingOf(diagnosis, 'lb-no-implementation').severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

test('is silent in a cloud, on a new Service, and where something has acted on it', async () => {
  const event = document({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'a', namespace: 'ingress-nginx' },
    involvedObject: { kind: 'Service', namespace: 'ingress-nginx', name: 'ingress-nginx-controller' },
    type: 'Normal',
    reason: 'EnsuringLoadBalancer',
    lastTimestamp: '2026-03-02T11:58:00Z',
  });
  const young = nginxService({ created: '2026-03-02T11:59:30Z' }) + ingress({ hasAddress: false });
  for (const yaml of [PENDING, young + BARE, PENDING + BARE + event]) {
    expect(rulesOf(await overlay(yaml))).not.toContain('lb-no-implementation');
  }
});

test('says nothing where the Nodes may not be read', async () => {
  const diagnosis = await overlay(PENDING, { forbidden: ['Node'] });
  expect(rulesOf(diagnosis)).not.toContain('lb-no-implementation');
  expect(rootsOf(diagnosis)).toEqual(['lb-service-pending']);
});
