import { overlay, rootOf, rulesOf } from '../check.ts';
import { deployment, refused } from '../workloads.ts';

test.each([
  'pods "x" is forbidden: [maximum cpu usage per Container is 1, but limit is 2, maximum memory usage per Pod is 1Gi]',
  'pods "x" is forbidden: minimum memory usage per Container is 64Mi, but request is 16Mi',
  'pods "x" is forbidden: cpu max limit to request ratio per Container is 2, but provided ratio is 10.000000',
])('%s', async (message) => {
  expect(rootOf(await overlay(deployment({ replicaSet: refused(message) })))).toBe('workload-limitrange');
});

test('a quota is another fault', async () => {
  const message =
    'pods "x" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1';
  const diagnosis = await overlay(deployment({ replicaSet: refused(message) }));
  expect(rulesOf(diagnosis)).not.toContain('workload-limitrange');
});
