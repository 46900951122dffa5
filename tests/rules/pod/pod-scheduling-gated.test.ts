import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { besideReadyPod, onlyPod, type PodExample } from '../pods.ts';

function gated(fields: object = {}, creationTimestamp = '2026-03-02T11:40:00Z'): PodExample {
  const condition = {
    type: 'PodScheduled',
    status: 'False',
    reason: 'SchedulingGated',
    message: 'Scheduling is blocked due to non-empty scheduling gates',
    lastTransitionTime: creationTimestamp,
    ...fields,
  };
  return {
    metadata: { creationTimestamp },
    spec: { nodeName: undefined, schedulingGates: [{ name: 'kueue.x-k8s.io/admission' }] },
    status: { phase: 'Pending', podIP: undefined, conditions: [condition], containerStatuses: [] },
  };
}

test('names the gate, and is the one cause', async () => {
  const diagnosis = await overlay(onlyPod(gated()));
  expect(rootsOf(diagnosis)).toEqual(['pod-scheduling-gated']);
  expect(findingOf(diagnosis, 'pod-scheduling-gated')).toMatchObject({
    severity: 'critical',
    since: '2026-03-02T11:40:00Z',
    message: expect.stringContaining('`kueue.x-k8s.io/admission`'),
  });
});

test('the gate tells by itself, where the condition does not', async () => {
  const diagnosis = await overlay(onlyPod(gated({ reason: undefined, message: undefined })));
  expect(rootsOf(diagnosis)).toEqual(['pod-scheduling-gated']);
});

test('a young Pod beside a ready one waits to be admitted', async () => {
  const diagnosis = await overlay(besideReadyPod(gated({}, '2026-03-02T11:59:40Z')));
  expect(rulesOf(diagnosis)).not.toContain('pod-scheduling-gated');
});

test('a Pod that the scheduler tried is another matter', async () => {
  const example = gated({ reason: 'Unschedulable', message: '0/1 nodes are available: 1 Insufficient cpu.' });
  const diagnosis = await overlay(onlyPod({ ...example, spec: { nodeName: undefined } }));
  expect(rootsOf(diagnosis)).toEqual(['pod-unschedulable-resources']);
});
