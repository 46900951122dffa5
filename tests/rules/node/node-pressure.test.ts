import { findingOf, overlay, rulesOf } from '../check.ts';
import { toText } from '../pods.ts';

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

test('other conditions that are True are none of its business', async () => {
  const diagnosis = await overlay(
    node({ type: 'KernelDeadlock', status: 'True' }, { type: 'DiskPressure', status: 'False' }),
  );
  expect(rulesOf(diagnosis)).not.toContain('node-pressure');
});
