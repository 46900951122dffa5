import { overlay, rootOf, rulesOf } from '../check.ts';
import { deployment, documents, endpoint, POD_A, POD_B, pod, service, slice } from '../shop-objects.ts';

const without = `# without: Deployment shop/web, ReplicaSet shop/web-6b7f, Pod shop/${POD_A}, Pod shop/${POD_B}\n`;

test('workloads with plainly other labels do not stand in', async () => {
  const yaml = without + documents(slice([]), deployment('payments', { app: 'payments' }));
  expect(rootOf(await overlay(yaml))).toBe('workload-missing');
});

test('a near miss is for service-selector-no-pods', async () => {
  const yaml = without + documents(slice([]), deployment('web', { app: 'webapp' }));
  const rules = rulesOf(await overlay(yaml));
  expect(rules).toContain('service-selector-no-pods');
  expect(rules).not.toContain('workload-missing');
});

test('a StatefulSet whose template matches is the workload', async () => {
  const statefulSet = { ...deployment('web', { app: 'web' }), kind: 'StatefulSet' };
  expect(rulesOf(await overlay(without + documents(slice([]), statefulSet)))).not.toContain(
    'workload-missing',
  );
});

test('Pods that somebody else makes are enough', async () => {
  const yaml = '# without: Deployment shop/web, ReplicaSet shop/web-6b7f';
  expect(rulesOf(await overlay(yaml))).toEqual([]);
});

test('says nothing where workloads may not be read', async () => {
  const yaml = `# without: Pod shop/${POD_A}, Pod shop/${POD_B}\n${documents(slice([]), service())}`;
  const diagnosis = await overlay(yaml, {
    forbidden: ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'],
  });
  expect(rulesOf(diagnosis)).not.toContain('workload-missing');
  expect(rulesOf(diagnosis)).toContain('endpoints-none');
});

test('Pods on their way out are all that is known in a file without any workload', async () => {
  const workloads = ['Deployment', 'ReplicaSet'];
  const leaving = pod(POD_A, { ready: false, deletionTimestamp: '2026-03-02T12:00:10Z' });
  const going = { ready: false, serving: true, terminating: true };
  const yaml = documents(leaving, slice([endpoint('10.244.0.21', POD_A, going)]));
  const kept = await overlay(
    `# without: Pod shop/${POD_B}, Deployment shop/web, ReplicaSet shop/web-6b7f\n${yaml}`,
  );
  expect(rootOf(kept)).toBe('workload-missing');
  const bare = await overlay(`# without: Pod shop/${POD_B}\n${yaml}`, {
    change: (object) =>
      workloads.includes((object as { kind?: string }).kind ?? '') ? { kind: 'Other' } : object,
  });
  expect(rootOf(bare)).toBe('endpoints-terminating-only');
});
