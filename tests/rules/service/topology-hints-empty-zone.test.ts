import { findingOf, overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { nginxDeployment } from '../controllers.ts';
import { documents, endpoint, POD_A, POD_B, service, slice } from '../shop-objects.ts';

const FOLLOWS = nginxDeployment({
  args: ['--controller-class=k8s.io/ingress-nginx', '--enable-topology-aware-routing'],
});

function parts({
  mode = 'Auto',
  zones = ['b', 'b'],
  node = 'a',
}: {
  readonly mode?: string;
  readonly zones?: readonly (string | undefined)[];
  readonly node?: string;
}): string {
  const own = service() as { readonly metadata: object };
  const annotations = { 'service.kubernetes.io/topology-mode': mode };
  const endpoints = zones.map((zone, index) => ({
    ...endpoint(`10.244.0.${21 + index}`, [POD_A, POD_B][index] ?? ''),
    ...(zone !== undefined && { zone, hints: { forZones: [{ name: zone }] } }),
  }));
  return documents({ ...own, metadata: { ...own.metadata, annotations } }, slice(endpoints), {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node1', labels: { 'topology.kubernetes.io/zone': node } },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  });
}

test('a controller that follows hints to other zones has no endpoint', async () => {
  const diagnosis = await overlay(`${parts({})}\n---\n${FOLLOWS}`);
  expect(rootOf(diagnosis)).toBe('topology-hints-empty-zone');
  expect(statusOf(diagnosis)).toBe(503);
  expect(findingOf(diagnosis, 'topology-hints-empty-zone').object).toMatchObject({ kind: 'Service' });
});

test.each([
  ['an endpoint is for its zone', { zones: ['a', 'b'] }],
  ['not all endpoints have hints, which turns them off', { zones: ['b', undefined] }],
  ['the Service does not ask for it', { mode: 'Disabled' }],
])('is silent where %s', async (_, fields) => {
  const diagnosis = await overlay(`${parts(fields)}\n---\n${FOLLOWS}`);
  expect(rulesOf(diagnosis)).not.toContain('topology-hints-empty-zone');
});

test('without the flag hints are kube-proxy’s alone', async () => {
  const diagnosis = await overlay(parts({}));
  expect(rulesOf(diagnosis)).not.toContain('topology-hints-empty-zone');
  expect(diagnosis.verdict).toBe('healthy');
});
