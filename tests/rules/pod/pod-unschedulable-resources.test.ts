import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { besideReadyPod, onlyPod } from '../pods.ts';

function unscheduled(message: string, events: readonly { reason: string; message: string }[] = []) {
  const conditions = message === '' ? [] : [{ type: 'PodScheduled', status: 'False', message }];
  return {
    spec: { nodeName: undefined },
    status: { phase: 'Pending', podIP: undefined, conditions, containerStatuses: [] },
    events,
  };
}

test('is read from the condition alone, and names every scarce resource', async () => {
  const text =
    '0/3 nodes are available: 1 Insufficient cpu, 2 Insufficient memory. preemption: 0/3 nodes are available.';
  const diagnosis = await overlay(onlyPod(unscheduled(text)), { forbidden: ['Event'] });
  expect(rootOf(diagnosis)).toBe('pod-unschedulable-resources');
  expect(findingOf(diagnosis, 'pod-unschedulable-resources').message).toContain('`cpu` and `memory`');
});

test('is read from the event where the condition has no message', async () => {
  const events = [{ reason: 'FailedScheduling', message: '0/1 nodes are available: 1 Too many pods.' }];
  expect(rootOf(await overlay(onlyPod(unscheduled('', events))))).toBe('pod-unschedulable-resources');
});

test('counts room before taints where some Nodes are ruled out and the others are full', async () => {
  const text = '0/3 nodes are available: 1 node(s) had untolerated taint {a: b}, 2 Insufficient memory.';
  expect(rootOf(await overlay(onlyPod(unscheduled(text))))).toBe('pod-unschedulable-resources');
});

test('takes nothing down beside ready Pods', async () => {
  const text = '0/1 nodes are available: 1 Insufficient cpu.';
  const diagnosis = await overlay(besideReadyPod(unscheduled(text)));
  expect(findingOf(diagnosis, 'pod-unschedulable-resources').severity).toBe('medium');
  expect(diagnosis.verdict).not.toBe('failing');
});

test('a Pod that was scheduled meanwhile is not reported for its old event', async () => {
  const events = [{ reason: 'FailedScheduling', message: '0/1 nodes are available: 1 Insufficient cpu.' }];
  const diagnosis = await overlay(onlyPod({ events, ready: true }));
  expect(rulesOf(diagnosis)).not.toContain('pod-unschedulable-resources');
});
