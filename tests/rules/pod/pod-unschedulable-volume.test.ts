import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { onlyPod } from '../pods.ts';

function unscheduled(message: string) {
  return {
    spec: { nodeName: undefined },
    status: {
      phase: 'Pending',
      podIP: undefined,
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
      containerStatuses: [],
    },
  };
}

test.each([
  '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.',
  '0/3 nodes are available: 3 node(s) had volume node affinity conflict.',
  '0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had volume node affinity conflict.',
])('%s', async (message) => {
  expect(rootOf(await overlay(onlyPod(unscheduled(message))))).toBe('pod-unschedulable-volume');
});

test('a Pod with a claim that lacks room on every Node is not about its volume', async () => {
  const diagnosis = await overlay(onlyPod(unscheduled('0/3 nodes are available: 3 Insufficient memory.')));
  expect(rulesOf(diagnosis)).not.toContain('pod-unschedulable-volume');
});

test('shows the claims that the Pod asks for, and no other volume', async () => {
  const message = '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.';
  const { spec, status } = unscheduled(message);
  const volumes = [{ name: 'tmp' }, { name: 'data', persistentVolumeClaim: { claimName: 'web-data' } }];
  const diagnosis = await overlay(onlyPod({ spec: { ...spec, volumes }, status }));
  const { evidence } = findingOf(diagnosis, 'pod-unschedulable-volume');
  const claims = evidence.filter((each) => 'field' in each && each.field.includes('persistentVolumeClaim'));
  expect(claims.map(({ value }) => value)).toEqual(['web-data']);
});
