import { currentRejection } from '../../src/kubernetes/rejection.ts';
import type { Workload } from '../../src/kubernetes/workload-types.ts';

const QUOTA =
  'pods "web-x" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1';
const FAILED = [{ reason: 'FailedCreate', message: `Error creating: ${QUOTA}` }];

function workload(replicas: number, conditions: Workload['status'] = {}): Workload {
  return { spec: { replicas: 2 }, status: { replicas, ...conditions } };
}

const refusing = { conditions: [{ type: 'ReplicaFailure', status: 'True', message: QUOTA }] };

test('the condition of a ReplicaSet that lacks Pods speaks first', () => {
  const replicaSet = workload(1, refusing);
  expect(currentRejection(workload(1), [replicaSet], FAILED)).toMatchObject({
    kind: 'quota',
    message: 'exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
    source: { object: replicaSet },
  });
});

test('events count only while Pods are missing', () => {
  expect(currentRejection(workload(1), [], FAILED)).toMatchObject({ kind: 'quota' });
  expect(currentRejection(workload(2), [], FAILED)).toBeUndefined();
  expect(currentRejection(workload(1), [], [])).toBeUndefined();
});

test('StatefulSets put the Pod and themselves before the reason', () => {
  const message = `create Pod web-0 in StatefulSet web failed error: ${QUOTA}`;
  const events = [{ reason: 'FailedCreate', message }];
  expect(currentRejection(workload(0), [], events)?.message).toMatch(/^exceeded quota/);
});

test.each([
  ['violates PodSecurity "baseline:latest": privileged (container "app")', 'pod security'],
  ['maximum cpu usage per Container is 1, but limit is 2', 'limit range'],
  ['something else', 'admission'],
])('%s: %s', (message, kind) => {
  expect(currentRejection(workload(0), [], [{ reason: 'FailedCreate', message }])?.kind).toBe(kind);
});
