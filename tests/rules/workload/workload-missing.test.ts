import { overlay, rootOf, rulesOf } from '../check.ts';
import { deployment, documents, POD_A, POD_B, service, slice } from '../shop-objects.ts';

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
