import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { documents, endpoint, POD_A, POD_B, pod, service, slice } from '../shop-objects.ts';

const numbered = service({ ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }] });
const three = slice([
  endpoint('10.244.0.21', POD_A),
  endpoint('10.244.0.22', POD_B),
  endpoint('10.244.0.23', 'other-1'),
]);
const other = (options: object) =>
  pod('other-1', {
    ip: '10.244.0.23',
    labels: { app: 'web', role: 'worker' },
    owner: { kind: 'StatefulSet', name: 'worker' },
    ...options,
  });
const portless = { container: { ports: [], readinessProbe: { exec: { command: ['true'] } } } };

test('a part of the requests is refused', async () => {
  const diagnosis = await overlay(documents(numbered, three, other(portless)));
  expect(rootOf(diagnosis)).toBe('service-selector-too-broad');
  expect(diagnosis.verdict).toBe('degraded');
  expect(findingOf(diagnosis, 'service-selector-too-broad').partial).toBe(true);
});

test('is the one finding where the stranger declares another port', async () => {
  const container = {
    ports: [{ name: 'grpc', containerPort: 50051 }],
    readinessProbe: { grpc: { port: 50051 } },
  };
  const rules = rulesOf(await overlay(documents(numbered, three, other({ container }))));
  expect(rules).toContain('service-selector-too-broad');
  expect(rules).not.toContain('service-targetport-undeclared');
});

test('adds a label that only the serving Pods have', async () => {
  const yaml = documents(
    numbered,
    three,
    pod(POD_A, { labels: { app: 'web', role: 'front' } }),
    pod(POD_B, { labels: { app: 'web', role: 'front' }, ip: '10.244.0.22' }),
    other(portless),
  );
  const finding = findingOf(await overlay(yaml), 'service-selector-too-broad');
  expect(finding.fix?.commands.at(-1)?.run).toContain('"role":"front"');
});

test('a canary that declares the port, too, is meant to be there', async () => {
  const canary = other({ owner: { kind: 'ReplicaSet', name: 'web-canary-1' } });
  const diagnosis = await overlay(documents(numbered, three, canary));
  expect(diagnosis.verdict).toBe('healthy');
  expect(rulesOf(diagnosis)).not.toContain('service-selector-too-broad');
});

test('two ReplicaSets of one Deployment are a rollout', async () => {
  const replicaSet = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: 'web-7c8d',
      namespace: 'shop',
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', controller: true }],
    },
  };
  const newer = other({ ...portless, owner: { kind: 'ReplicaSet', name: 'web-7c8d' } });
  const yaml = documents(numbered, three, replicaSet, newer);
  expect(rulesOf(await overlay(yaml))).not.toContain('service-selector-too-broad');
});
