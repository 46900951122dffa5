import { findingOf, overlay, rulesOf } from '../check.ts';
import { onlyPod, toText } from '../pods.ts';

const RULE = 'workload-single-replica';

function deployment(replicas: number): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { replicas, selector: { matchLabels: { app: 'web' } } },
    status: { replicas, readyReplicas: replicas },
  };
}

const READY = { ready: true } as const;

test('one Pod is a remark on a path that works', async () => {
  const diagnosis = await overlay(onlyPod(READY, deployment(1)));
  expect(findingOf(diagnosis, RULE).severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

function node(name: string, spec: object = {}): object {
  const status = { conditions: [{ type: 'Ready', status: 'True' }] };
  return { apiVersion: 'v1', kind: 'Node', metadata: { name }, spec, status };
}

test('so are several on one Node of several', async () => {
  expect(findingOf(await overlay(toText([node('node2')])), RULE).message).toContain('`node1`');
});

test.each([
  ['there is no other Node', ''],
  ['the other Node is cordoned', toText([node('node2', { unschedulable: true })])],
  [
    'the other Node is for others',
    toText([node('node2', { taints: [{ key: 'dedicated', value: 'db', effect: 'NoSchedule' }] })]),
  ],
  ['the Pod is not ready, which is the matter then', onlyPod({}, deployment(1))],
])('is silent where %s', async (_, yaml) => {
  expect(rulesOf(await overlay(yaml))).not.toContain(RULE);
});
