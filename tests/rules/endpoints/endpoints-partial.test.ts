import { findingOf, overlay, rulesOf, statusOf } from '../check.ts';
import { deployment, documents, endpoint, POD_A, POD_B, pod, slice } from '../shop-objects.ts';

const unready = { ready: false, serving: false };
const half = slice([endpoint('10.244.0.21', POD_A), endpoint('10.244.0.22', POD_B, unready)]);
const notReady = (since: string) => pod(POD_B, { ip: '10.244.0.22', ready: false, since });
const short = { ...deployment('web', { app: 'web' }, 2), status: { replicas: 2, readyReplicas: 1 } };

test('a Pod that stays unready takes capacity away', async () => {
  const diagnosis = await overlay(documents(half, notReady('2026-03-02T11:00:00Z'), short));
  expect(findingOf(diagnosis, 'endpoints-partial').symptom).toBe('reduced-capacity');
  expect(diagnosis.verdict).toBe('degraded');
  expect(statusOf(diagnosis)).toBe(200);
});

test('a Pod without an address is missed, though no slice lists it', async () => {
  const pending = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: POD_B,
      namespace: 'shop',
      creationTimestamp: '2026-03-02T11:00:00Z',
      labels: { app: 'web' },
    },
    spec: { containers: [{ name: 'app' }] },
    status: { phase: 'Pending' },
  };
  const yaml = documents(slice([endpoint('10.244.0.21', POD_A)]), pending, short);
  expect(rulesOf(await overlay(yaml))).toContain('endpoints-partial');
});

test('a Pod that starts within what its probe allows is part of a rollout', async () => {
  const diagnosis = await overlay(documents(half, notReady('2026-03-02T11:59:50Z'), short));
  expect(rulesOf(diagnosis)).not.toContain('endpoints-partial');
  expect(diagnosis.verdict).toBe('healthy');
});

test('a terminating Pod beside ready ones is part of a rollout', async () => {
  const leaving = { ready: false, serving: true, terminating: true };
  const yaml = documents(
    slice([endpoint('10.244.0.21', POD_A), endpoint('10.244.0.22', POD_B, leaving)]),
    pod(POD_B, { ip: '10.244.0.22', deletionTimestamp: '2026-03-02T12:00:10Z' }),
  );
  expect((await overlay(yaml)).verdict).toBe('healthy');
});

test('a stuck rollout beside all the Pods that are wanted takes nothing away', async () => {
  const third = pod('web-7c8d-ccccc', { ip: '10.244.0.23', ready: false, since: '2026-03-02T11:00:00Z' });
  const endpoints = slice([
    endpoint('10.244.0.21', POD_A),
    endpoint('10.244.0.22', POD_B),
    endpoint('10.244.0.23', 'web-7c8d-ccccc', unready),
  ]);
  const finding = findingOf(await overlay(documents(endpoints, third)), 'endpoints-partial');
  expect(finding.severity).toBe('low');
  expect(finding.symptom).toBeUndefined();
});

test('a Job Pod that ended is no capacity', async () => {
  const job = pod('web-import-1', {
    ip: '10.244.0.23',
    ready: false,
    phase: 'Succeeded',
    owner: { kind: 'Job', name: 'web-import' },
  });
  expect((await overlay(documents(job))).verdict).toBe('healthy');
});

describe('without the workloads', () => {
  const forbidden = ['ReplicaSet'];
  const since = '2026-03-02T11:00:00Z';

  test('nobody knows whether the Pod of another ReplicaSet is wanted', async () => {
    const owner = { kind: 'ReplicaSet', name: 'web-7c8d' };
    const other = pod(POD_B, { ip: '10.244.0.22', ready: false, since, owner });
    const diagnosis = await overlay(documents(half, other), { forbidden });
    expect(rulesOf(diagnosis)).not.toContain('endpoints-partial');
    expect(diagnosis.verdict).toBe('unknown');
  });

  test('a Pod is wanted whose ReplicaSet has ready ones too, slices or not', async () => {
    for (const more of [[], ['EndpointSlice']]) {
      const diagnosis = await overlay(documents(half, notReady(since)), {
        forbidden: [...forbidden, ...more],
      });
      expect(rulesOf(diagnosis)).toContain('endpoints-partial');
      expect(diagnosis.verdict).toBe('degraded');
    }
  });
});
