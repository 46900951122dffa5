import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { onlyPod, toText } from '../pods.ts';

const EVICTED = {
  phase: 'Failed',
  reason: 'Evicted',
  message: 'The node was low on resource: memory. Threshold quantity: 100Mi, available: 90Mi.',
  podIP: undefined,
  conditions: [
    {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'TerminationByKubelet',
      lastTransitionTime: '2026-03-02T11:50:00Z',
    },
  ],
  containerStatuses: [],
};

test('is the cause while no replacement is there', async () => {
  const diagnosis = await overlay(onlyPod({ status: EVICTED }));
  expect(rootOf(diagnosis)).toBe('pod-evicted');
  expect(findingOf(diagnosis, 'pod-evicted').message).toContain('low on `memory`');
});

test('a Pod that was evicted long ago is history', async () => {
  const conditions = [{ ...EVICTED.conditions[0], lastTransitionTime: '2026-03-01T11:50:00Z' }];
  const diagnosis = await overlay(onlyPod({ status: { ...EVICTED, conditions } }));
  expect(rulesOf(diagnosis)).not.toContain('pod-evicted');
});

test('an evicted Pod beside all the Pods that are wanted is left alone', async () => {
  const evicted = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'web-6b7f-ccccc',
      namespace: 'shop',
      labels: { app: 'web', 'pod-template-hash': '6b7f' },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-6b7f', controller: true }],
    },
    spec: { nodeName: 'node1' },
    status: EVICTED,
  };
  const diagnosis = await overlay(toText([evicted]));
  expect(rulesOf(diagnosis)).not.toContain('pod-evicted');
  expect(diagnosis.verdict).toBe('healthy');
});
