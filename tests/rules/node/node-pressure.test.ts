import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { onlyPod, toText } from '../pods.ts';
import { POD_B, pod } from '../shop-objects.ts';

function node(...conditions: readonly object[]): string {
  const ready = { type: 'Ready', status: 'True' };
  return toText([
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'node1' },
      spec: {},
      status: { conditions: [ready, ...conditions] },
    },
  ]);
}

test('takes nothing down by itself', async () => {
  const diagnosis = await overlay(node({ type: 'MemoryPressure', status: 'True' }));
  expect(findingOf(diagnosis, 'node-pressure').severity).toBe('medium');
  expect(diagnosis.verdict).toBe('healthy');
});

test('explains evicted Pods and replacements that no other Node takes', async () => {
  const message =
    '0/2 nodes are available: 1 Insufficient memory, 1 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }.';
  const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }];
  const waiting = {
    ...pod(POD_B, { spec: { nodeName: undefined } }),
    status: { phase: 'Pending', conditions },
  };
  const evicted = { phase: 'Failed', reason: 'Evicted', startTime: '2026-03-02T11:50:00Z' };
  const text = onlyPod({ status: evicted }, waiting).replace(/^#.*\n/, '');
  const diagnosis = await overlay(`${node({ type: 'DiskPressure', status: 'True' })}\n---\n${text}`);
  expect(rootsOf(diagnosis)).toEqual(['node-pressure']);
});

test('other conditions that are True are none of its business', async () => {
  const diagnosis = await overlay(
    node({ type: 'KernelDeadlock', status: 'True' }, { type: 'DiskPressure', status: 'False' }),
  );
  expect(rulesOf(diagnosis)).not.toContain('node-pressure');
});
