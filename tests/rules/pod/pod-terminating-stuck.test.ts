import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { besideReadyPod, onlyPod } from '../pods.ts';

const LONG_AGO = '2026-03-02T11:40:00Z';

test('beside all the Pods that are wanted it is a remark', async () => {
  const metadata = { deletionTimestamp: LONG_AGO, finalizers: ['example.com/backup'] };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { replicas: 1, selector: { matchLabels: { app: 'web' } } },
    status: { replicas: 1, readyReplicas: 1 },
  };
  const diagnosis = await overlay(besideReadyPod({ metadata }, deployment));
  expect(findingOf(diagnosis, 'pod-terminating-stuck')).toMatchObject({
    severity: 'info',
    message: expect.stringContaining('`example.com/backup`'),
  });
  expect(diagnosis.verdict).toBe('healthy');
});

test('a Pod of a StatefulSet has to go before another comes', async () => {
  const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web', controller: true };
  const metadata = { deletionTimestamp: LONG_AGO, ownerReferences: [owner] };
  const set = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } } },
    },
    status: { replicas: 1 },
  };
  const yaml = onlyPod({ metadata }, set).replace('# without:', '# without: Deployment shop/web,');
  expect(rootOf(await overlay(yaml))).toBe('pod-terminating-stuck');
});

test('with its Node the cause is the Node', async () => {
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node1' },
    status: {
      conditions: [{ type: 'Ready', status: 'Unknown', lastTransitionTime: '2026-03-02T11:30:00Z' }],
    },
  };
  const diagnosis = await overlay(onlyPod({ metadata: { deletionTimestamp: LONG_AGO } }, node));
  expect(rootOf(diagnosis)).toBe('node-not-ready');
  expect(findingOf(diagnosis, 'pod-terminating-stuck').message).toContain('its Node does not answer');
});

test('within its grace period a Pod may take its time', async () => {
  const metadata = { deletionTimestamp: '2026-03-02T12:00:20Z' };
  expect(rulesOf(await overlay(besideReadyPod({ metadata })))).not.toContain('pod-terminating-stuck');
});
