import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { deployment, failedCreate, refused } from '../workloads.ts';

const EXCEEDED =
  'pods "web-6b7f-x" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=10, limited: pods=10';

test('is certain by the condition of the ReplicaSet alone', async () => {
  const diagnosis = await overlay(deployment({ replicaSet: refused(EXCEEDED) }), { forbidden: ['Event'] });
  expect(rootOf(diagnosis)).toBe('workload-quota');
  const { message, severity } = findingOf(diagnosis, 'workload-quota');
  expect(message).toContain('`compute`');
  expect(message).not.toContain('web-6b7f-x');
  expect(severity).toBe('critical');
});

test('is read from events where there is no condition', async () => {
  const text =
    'pods "web-6b7f-x" is forbidden: failed quota: compute: must specify limits.cpu for: app; requests.cpu for: app';
  const diagnosis = await overlay(deployment({}, failedCreate(text)));
  expect(rootOf(diagnosis)).toBe('workload-quota');
  expect(findingOf(diagnosis, 'workload-quota').message).toContain('`limits.cpu`, `requests.cpu`');
});

test('an old refusal of a workload that has all its Pods is over', async () => {
  const diagnosis = await overlay(deployment({ pods: true }, failedCreate(EXCEEDED)));
  expect(rulesOf(diagnosis)).not.toContain('workload-quota');
  expect(diagnosis.verdict).toBe('healthy');
});

test('an extra Pod of a rollout that does not fit takes nothing down', async () => {
  const diagnosis = await overlay(deployment({ status: refused(EXCEEDED), pods: true }));
  expect(findingOf(diagnosis, 'workload-quota').severity).toBe('medium');
  expect(diagnosis.verdict).toBe('healthy');
});

test('Pods that could not be made beside ready ones weaken the path', async () => {
  const status = { replicas: 2, readyReplicas: 2, ...refused(EXCEEDED) };
  const diagnosis = await overlay(deployment({ spec: { replicas: 3 }, status, pods: true }));
  expect(rootOf(diagnosis)).toBe('workload-quota');
  expect(diagnosis.verdict).toBe('degraded');
});

test('what the quota holds at present is evidence, where it can be read', async () => {
  const quota = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'compute', namespace: 'shop' },
    status: { hard: { pods: '10', 'requests.cpu': '4' }, used: { pods: '10', 'requests.cpu': '1' } },
  };
  const { evidence } = findingOf(
    await overlay(deployment({ replicaSet: refused(EXCEEDED) }, quota)),
    'workload-quota',
  );
  const ofQuota = evidence.filter(({ object }) => object.kind === 'ResourceQuota');
  expect(ofQuota).toEqual([expect.objectContaining({ field: 'status.used[pods]', value: '10 of 10' })]);
});

test('the condition tells since when', async () => {
  const condition = { type: 'ReplicaFailure', status: 'True', message: EXCEEDED };
  const conditions = [{ ...condition, lastTransitionTime: '2026-03-02T11:30:00Z' }];
  const diagnosis = await overlay(deployment({ replicaSet: { conditions } }));
  expect(findingOf(diagnosis, 'workload-quota').since).toBe('2026-03-02T11:30:00Z');
});
