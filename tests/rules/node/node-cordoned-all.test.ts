import { findingOf, overlay, rootOf, rootsOf, rulesOf } from '../check.ts';
import { onlyPod, type PodExample, toText } from '../pods.ts';

const CORDON = {
  unschedulable: true,
  taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }],
};

function node(
  name: string,
  spec: object = {},
  fields: { readonly labels?: object; readonly ready?: string } = {},
): object {
  const { labels = {}, ready = 'True' } = fields;
  const conditions = [{ type: 'Ready', status: ready, lastTransitionTime: '2026-03-02T11:30:00Z' }];
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec, status: { conditions } };
}

function pending(message: string, spec: object = {}): PodExample {
  return {
    spec: { nodeName: undefined, ...spec },
    status: {
      phase: 'Pending',
      podIP: undefined,
      containerStatuses: [],
      conditions: [{ type: 'PodScheduled', status: 'False', message }],
    },
  };
}

const UNSCHEDULABLE = pending('0/1 nodes are available: 1 node(s) were unschedulable.');

test('is the one cause where a Pod waits', async () => {
  const diagnosis = await overlay(onlyPod(UNSCHEDULABLE, node('node1', CORDON)));
  expect(rootsOf(diagnosis)).toEqual(['node-cordoned-all']);
  expect(findingOf(diagnosis, 'node-cordoned-all').fix?.commands.at(-1)?.run).toBe('kubectl uncordon node1');
});

test('Nodes that could not take the Pod anyway do not count', async () => {
  const yaml = onlyPod(
    pending('0/3 nodes are available', { nodeSelector: { pool: 'web' } }),
    node('node1', CORDON, { labels: { pool: 'web' } }),
    node('node2'),
    node('node3', { taints: [{ key: 'dedicated', effect: 'NoSchedule' }] }, { labels: { pool: 'web' } }),
  );
  expect(rootOf(await overlay(yaml))).toBe('node-cordoned-all');
});

test('beside a Node that is open the reason is another', async () => {
  const yaml = onlyPod(
    pending('0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable.'),
    node('node1', CORDON),
    node('node2'),
  );
  expect(rootOf(await overlay(yaml))).toBe('pod-unschedulable-resources');
});

test('cordoned Nodes whose Pods all run are left alone', async () => {
  const diagnosis = await overlay(toText([node('node1', CORDON)]));
  expect(rulesOf(diagnosis)).not.toContain('node-cordoned-all');
  expect(diagnosis.verdict).toBe('healthy');
});
