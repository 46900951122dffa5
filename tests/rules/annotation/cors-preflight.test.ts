import { findingOf, overlay, rulesOf } from '../check.ts';
import { nginx, nginxLog } from '../nginx-annotations.ts';

const RULE = 'cors-preflight';

function preflight(status: number, backend = 'shop-web-80'): string {
  return `198.51.100.7 - - [02/Mar/2026:11:58:00 +0000] "OPTIONS /api HTTP/1.1" ${status} 172 "https://app.example.net/" "Mozilla/5.0" 512 0.002 [${backend}] [] - - - - 2f0c`;
}

test('every preflight fails: a remark with the status', async () => {
  const diagnosis = await overlay(nginxLog(preflight(401), preflight(401), preflight(401)));
  expect(findingOf(diagnosis, RULE)).toMatchObject({ severity: 'low', confidence: 'likely' });
  expect(diagnosis.verdict).toBe('healthy');
});

test('is silent where one succeeds, where there are few, and for other backends', async () => {
  const mixed = nginxLog(preflight(405), preflight(405), preflight(405), preflight(204));
  expect(rulesOf(await overlay(mixed))).not.toContain(RULE);
  expect(rulesOf(await overlay(nginxLog(preflight(405), preflight(405))))).not.toContain(RULE);
  const other = nginxLog(...[1, 2, 3].map(() => preflight(401, 'shop-other-80')));
  expect(rulesOf(await overlay(other))).not.toContain(RULE);
  expect(rulesOf(await overlay(nginx({ 'enable-cors': 'true' })))).not.toContain(RULE);
});
