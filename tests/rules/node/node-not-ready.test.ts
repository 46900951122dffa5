import { findingOf, overlay, rootOf, rootsOf, rulesOf } from '../check.ts';
import { besideReadyPod, onlyPod, toText } from '../pods.ts';

function node(status: string, spec: object = {}): object {
  const conditions = [{ type: 'Ready', status, lastTransitionTime: '2026-03-02T11:58:00Z' }];
  return { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node1' }, spec, status: { conditions } };
}

test('while endpoints on a silent Node are still listed, requests time out', async () => {
  const finding = findingOf(await overlay(toText([node('Unknown')])), 'node-not-ready');
  expect(finding).toMatchObject({ symptom: 'connect-timeout', confidence: 'likely', partial: false });
});

test('once they are out of service it explains why', async () => {
  const example = {
    state: { ready: true },
    status: { conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: '2026-03-02T11:58:40Z' }] },
  };
  const diagnosis = await overlay(onlyPod(example, node('Unknown')));
  expect(rootOf(diagnosis)).toBe('node-not-ready');
  expect(findingOf(diagnosis, 'node-not-ready').symptom).toBeUndefined();
});

test('what it takes with it is missed, though other Nodes serve on', async () => {
  const example = {
    spec: { nodeName: 'node2' },
    status: { conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: '2026-03-02T11:58:40Z' }] },
    state: { ready: true },
  };
  const lost = { ...node('Unknown'), metadata: { name: 'node2' } };
  const diagnosis = await overlay(besideReadyPod(example, lost));
  expect(rootsOf(diagnosis)).toEqual(['node-not-ready']);
  expect(diagnosis.verdict).toBe('degraded');
});

test('a Node whose kubelet still speaks is only suspected of losing traffic', async () => {
  expect(findingOf(await overlay(toText([node('False')])), 'node-not-ready').confidence).toBe('suspect');
});

test('a cordoned Node is ready', async () => {
  const diagnosis = await overlay(toText([node('True', { unschedulable: true })]));
  expect(rulesOf(diagnosis)).not.toContain('node-not-ready');
  expect(diagnosis.verdict).toBe('healthy');
});

test('a replacement that finds no other Node is one cause with the Node that died', async () => {
  const replacement = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'web-6b7f-ccccc',
      namespace: 'shop',
      labels: { app: 'web', 'pod-template-hash': '6b7f' },
      creationTimestamp: '2026-03-02T11:50:00Z',
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-6b7f', controller: true }],
    },
    spec: { containers: [{ name: 'app' }] },
    status: {
      phase: 'Pending',
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          message:
            '0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint {node.kubernetes.io/unreachable: }.',
        },
      ],
    },
  };
  const leaving = { metadata: { deletionTimestamp: '2026-03-02T11:50:00Z' } };
  const diagnosis = await overlay(onlyPod(leaving, node('Unknown'), replacement));
  expect(rootsOf(diagnosis)).toEqual(['node-not-ready']);
  expect(rulesOf(diagnosis)).toContain('pod-unschedulable-resources');
});
