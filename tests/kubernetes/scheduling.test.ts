import type { Pod } from '../../src/kubernetes/pod-types.ts';
import {
  nodesFor,
  rulingConstraints,
  scarceResources,
  unschedulable,
} from '../../src/kubernetes/scheduling.ts';

function pod(message?: string, nodeName?: string): Pod {
  return {
    spec: { ...(nodeName !== undefined && { nodeName }) },
    status: {
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', ...(message !== undefined && { message }) }],
    },
  };
}

test.each([
  ['0/3 nodes are available: 3 Insufficient nvidia.com/gpu.', 'resources'],
  ['no nodes available to schedule pods', 'resources'],
  [
    '0/3 nodes are available: 3 node(s) had untolerated taint {node.kubernetes.io/not-ready: }.',
    'constraints',
  ],
  ['0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.', 'volume'],
])('%s: %s', (message, problem) => {
  expect(unschedulable(pod(message), [])).toMatchObject({ problem, inCondition: true });
});

test('the remark about preemption is left out', () => {
  const message =
    '0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 No preemption victims found.';
  expect(unschedulable(pod(message), [])?.message).toBe('0/1 nodes are available: 1 Insufficient cpu');
});

test('the event speaks where the condition does not, and neither for a Pod that has a Node', () => {
  const events = [{ reason: 'FailedScheduling', message: '0/1 nodes are available: 1 Too many pods.' }];
  expect(unschedulable(pod(), events)).toMatchObject({ problem: 'resources', inCondition: false });
  expect(unschedulable(pod(), [])).toBeUndefined();
  expect(unschedulable(pod('0/1', 'node1'), events)).toBeUndefined();
});

test('names what is scarce and what rules Nodes out', () => {
  expect(scarceResources('1 Insufficient cpu, 2 Insufficient nvidia.com/gpu, 1 Too many pods')).toEqual([
    'cpu',
    'nvidia.com/gpu',
    'pods',
  ]);
  expect(
    rulingConstraints('1 node(s) had untolerated taint {a: b}, 1 node(s) were unschedulable'),
  ).toHaveLength(2);
  expect(rulingConstraints('something new')).toEqual([]);
});

test('a gate goes before what the scheduler would say', () => {
  const gated: Pod = {
    spec: { schedulingGates: [{ name: 'example.com/queue' }] },
    status: { phase: 'Pending' },
  };
  expect(unschedulable(gated, [])).toMatchObject({ problem: 'gate', inCondition: false });
});

test('a Node may take a Pod that its selector matches and that tolerates its taints; a cordon passes', () => {
  const taint = (key: string, effect = 'NoSchedule', value?: string) => ({
    key,
    effect,
    ...(value !== undefined && { value }),
  });
  const node = (name: string, labels: Record<string, string>, ...taints: readonly object[]) => ({
    metadata: { name, labels },
    spec: { taints },
  });
  const nodes = [
    node('plain', { pool: 'web' }),
    node('other', { pool: 'db' }),
    node('cordoned', { pool: 'web' }, taint('node.kubernetes.io/unschedulable')),
    node('reserved', { pool: 'web' }, taint('dedicated', 'NoSchedule', 'web')),
    node('foreign', { pool: 'web' }, taint('dedicated', 'NoSchedule', 'db')),
    node('avoided', { pool: 'web' }, taint('slow', 'PreferNoSchedule')),
  ];
  const tolerations = [{ key: 'dedicated', value: 'web', effect: 'NoSchedule' }];
  const names = (spec: object) => nodesFor({ spec }, nodes).map(({ metadata }) => metadata?.name);
  expect(names({ nodeSelector: { pool: 'web' }, tolerations })).toEqual([
    'plain',
    'cordoned',
    'reserved',
    'avoided',
  ]);
  expect(names({ tolerations: [{ operator: 'Exists' }] })).toHaveLength(6);
});
