import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { deployment, documents, POD_A, POD_B, pod, service, slice } from '../shop-objects.ts';

const empty = slice([], []);

async function nearOf(selector: object, ...objects: readonly object[]) {
  const yaml = documents(service({ selector }), empty, ...objects);
  return findingOf(await overlay(yaml), 'service-selector-no-pods');
}

test.each([
  ['a mistyped value', { app: 'weeb' }],
  ['a prefix', { app: 'web-frontend' }],
  ['another key', { 'app.kubernetes.io/name': 'web' }],
  ['upper case', { app: 'Web' }],
])('%s: the selector becomes that of the near Deployment', async (_, selector) => {
  const finding = await nearOf(selector);
  expect(finding.fix?.commands.at(-1)?.run).toContain('"value":{"app":"web"}');
});

test('labels are compared one by one', async () => {
  const { evidence } = await nearOf(
    { app: 'web', tier: 'front_end' },
    deployment('web', { app: 'web', tier: 'front-end' }),
  );
  const fields = evidence.map((each) => ('field' in each ? each.field : each.source));
  expect(fields).toContain('spec.template.metadata.labels[tier]');
  expect(fields).toContain('spec.template.metadata.labels[app]');
});

test('a Pod that no workload stands for can be meant, too', async () => {
  const yaml = `# without: Deployment shop/web, ReplicaSet shop/web-6b7f, Pod shop/${POD_A}, Pod shop/${POD_B}\n${documents(
    service({ selector: { app: 'redis' } }),
    empty,
    pod('redis-0', { labels: { app: 'rediss' }, owner: { kind: 'RedisCluster', name: 'redis' } }),
  )}`;
  expect(rootOf(await overlay(yaml))).toBe('service-selector-no-pods');
});

test('a workload scaled to zero matches: the selector is right', async () => {
  const yaml = `# without: Pod shop/${POD_A}, Pod shop/${POD_B}, ReplicaSet shop/web-6b7f\n${documents(
    empty,
    deployment('web', { app: 'web' }, 0),
  )}`;
  const rules = rulesOf(await overlay(yaml));
  expect(rules).toContain('endpoints-none');
  expect(rules).not.toContain('service-selector-no-pods');
  expect(rules).not.toContain('workload-missing');
});

test('a Deployment that another Service selects is not offered', async () => {
  const yaml = documents(
    service({ selector: { app: 'webhook' } }),
    service({}, 'frontend'),
    empty,
    deployment('storefront', { app: 'web' }),
  );
  const diagnosis = await overlay(`# without: Deployment shop/web, ReplicaSet shop/web-6b7f\n${yaml}`);
  expect(rulesOf(diagnosis)).not.toContain('service-selector-no-pods');
  expect(rootOf(diagnosis)).toBe('workload-missing');
});
