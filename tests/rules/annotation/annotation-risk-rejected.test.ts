import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { nginxPod } from '../controllers.ts';
import { nginx, nginxConfig, nginxLog } from '../nginx-annotations.ts';

const RULE = 'annotation-risk-rejected';
const SNIPPET = { 'server-snippet': 'return 403;' };

test('a new Ingress is not served at all', async () => {
  const diagnosis = await overlay(nginx(SNIPPET));
  expect(rootsOf(diagnosis)).toEqual([RULE]);
  expect(statusOf(diagnosis)).toBe(404);
});

test('is certain where the controller started after the last edit', async () => {
  const diagnosis = await overlay(nginx(SNIPPET) + nginxPod({ created: '2026-03-01T00:00:00Z' }));
  expect(findingOf(diagnosis, RULE)).toMatchObject({ confidence: 'certain', symptom: 'not-served' });
});

test('an edited one goes on as it was', async () => {
  const managedFields = [{ manager: 'kubectl', operation: 'Update', time: '2026-03-02T11:00:00Z' }];
  const diagnosis = await overlay(nginx(SNIPPET, { metadata: { managedFields } }));
  expect(findingOf(diagnosis, RULE)).toMatchObject({ confidence: 'likely', symptom: 'stale-configuration' });
  expect(diagnosis.verdict).toBe('degraded');
});

test('every risk above the level counts', async () => {
  const config = nginxConfig({ 'annotations-risk-level': 'Medium' });
  expect(rulesOf(await overlay(nginx({ 'upstream-hash-by': '$request_uri' }) + config))).toContain(RULE);
  expect(rulesOf(await overlay(nginx({ 'rewrite-target': '/' }) + config))).not.toContain(RULE);
});

test('is silent where the level allows it', async () => {
  const config = nginxConfig({ 'annotations-risk-level': 'critical', 'allow-snippet-annotations': 'true' });
  const diagnosis = await overlay(nginx(SNIPPET) + config);
  expect(diagnosis.verdict).toBe('healthy');
  expect(rulesOf(diagnosis)).not.toContain(RULE);
});

test('a blocked word keeps the Ingress out', async () => {
  const config = nginxConfig({ 'annotation-value-word-blocklist': 'load_module,lua_package' });
  const diagnosis = await overlay(nginx({ 'auth-realm': 'lua_package' }) + config);
  expect(rootsOf(diagnosis)).toEqual([RULE]);
  expect(rulesOf(await overlay(nginx({ 'auth-realm': 'lua' }) + config))).not.toContain(RULE);
});

test('the log tells what inspection refused', async () => {
  const line = `E0302 11:58:00.000000       7 store.go:444] "received invalid ingress" err="invalid http path" ingress="shop/web"`;
  expect(rootsOf(await overlay(nginxLog(line)))).toEqual([RULE]);
  expect(rulesOf(await overlay(nginxLog(line.replace('shop/web', 'shop/other'))))).not.toContain(RULE);
  const mended = nginx({}, { created: '2026-03-02T11:59:00Z' });
  expect(rulesOf(await overlay(nginxLog(line) + mended))).not.toContain(RULE);
});

test('is not run without the ConfigMap', async () => {
  const diagnosis = await overlay(nginx(SNIPPET), { forbidden: ['ConfigMap'] });
  expect(rulesOf(diagnosis)).not.toContain(RULE);
  expect(diagnosis.verdict).toBe('unknown');
});
