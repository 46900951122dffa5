import { overlay, rootOf, rulesOf } from '../check.ts';
import { besideReadyPod, onlyPod } from '../pods.ts';

function unscheduled(message: string, metadata: object = {}, spec: object = {}) {
  return {
    metadata,
    spec: { nodeName: undefined, ...spec },
    status: {
      phase: 'Pending',
      podIP: undefined,
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
      containerStatuses: [],
    },
  };
}

test.each([
  '0/2 nodes are available: 2 node(s) had untolerated taint {dedicated: db}.',
  "0/2 nodes are available: 2 node(s) didn't have free ports for the requested pod ports.",
  '0/1 nodes are available: 1 node(s) were unschedulable.',
  "0/2 nodes are available: 2 node(s) didn't match pod topology spread constraints.",
])('%s', async (message) => {
  expect(rootOf(await overlay(onlyPod(unscheduled(message))))).toBe('pod-unschedulable-constraints');
});

test('a young Pod beside a ready one waits for an old one to go', async () => {
  const young = unscheduled("0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules.", {
    creationTimestamp: '2026-03-02T11:59:50Z',
  });
  expect(rulesOf(await overlay(besideReadyPod(young)))).not.toContain('pod-unschedulable-constraints');
});
