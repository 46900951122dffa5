import { findingOf, overlay, rootOf, rootsOf, rulesOf } from '../check.ts';
import { crashed, onlyPod, type PodExample, toText } from '../pods.ts';

const disrupted = (reason: string, lastTransitionTime = '2026-03-02T11:59:30Z') => ({
  type: 'DisruptionTarget',
  status: 'True',
  reason,
  lastTransitionTime,
});

function leaving(reason: string, time?: string): PodExample {
  return {
    metadata: { deletionTimestamp: '2026-03-02T12:00:10Z' },
    status: { conditions: [disrupted(reason, time), { type: 'Ready', status: 'False' }] },
  };
}

test.each([
  ['PreemptionByScheduler', 'higher priority'],
  ['EvictionByEvictionAPI', 'drained'],
  ['DeletionByTaintManager', 'taint'],
  ['DeletionByPodGC', 'Node is gone'],
  ['TerminationByKubelet', 'shut down'],
])('%s', async (reason, words) => {
  const diagnosis = await overlay(onlyPod(leaving(reason)));
  expect(rootsOf(diagnosis)).toEqual(['pod-preempted']);
  expect(findingOf(diagnosis, 'pod-preempted').message).toContain(words);
});

const PENDING: PodExample = {
  metadata: { name: 'web-6b7f-ccccc', creationTimestamp: '2026-03-02T11:50:00Z' },
  spec: { nodeName: undefined },
  status: {
    phase: 'Pending',
    podIP: undefined,
    containerStatuses: [],
    conditions: [
      { type: 'PodScheduled', status: 'False', message: '0/1 nodes are available: 1 Insufficient cpu.' },
    ],
  },
};

function told(reason: string, message: string, name = 'web-6b7f-ddddd'): object {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { namespace: 'shop', name: `${name}.1` },
    reason,
    message,
    lastTimestamp: '2026-03-02T11:50:00Z',
    involvedObject: { kind: 'Pod', namespace: 'shop', name },
  };
}

test('of a Pod that is gone the event tells, and its replacement has no room for the same reason', async () => {
  const diagnosis = await overlay(onlyPod(PENDING, told('Preempted', 'Preempted by pod 7f1c on node node1')));
  expect(rootsOf(diagnosis)).toEqual(['pod-preempted']);
  expect(findingOf(diagnosis, 'pod-preempted').object.name).toBe('web-6b7f-ddddd');
});

test.each([
  ['another workload', told('Preempted', 'Preempted by pod 7f1c', 'web-admin-5c4d-ddddd')],
  [
    'a taint that was taken back',
    told('TaintManagerEviction', 'Cancelling deletion of Pod shop/web-6b7f-ddddd'),
  ],
])('an event of %s is no cause', async (_, event) => {
  expect(rootOf(await overlay(onlyPod(PENDING, event)))).toBe('pod-unschedulable-resources');
});

test('a replacement that crashes is its own cause', async () => {
  const event = told('Preempted', 'Preempted by pod 7f1c on node node1');
  expect(rootsOf(await overlay(onlyPod({ state: crashed(1) }, event)))).toEqual(['pod-crashloop']);
});

test('a workload that has its Pods again, and a disruption of long ago, are history', async () => {
  const event = told('Preempted', 'Preempted by pod 7f1c on node node1');
  expect((await overlay(toText([event]))).verdict).toBe('healthy');
  const old = await overlay(onlyPod(leaving('PreemptionByScheduler', '2026-03-02T10:00:00Z')));
  expect(rulesOf(old)).not.toContain('pod-preempted');
});
