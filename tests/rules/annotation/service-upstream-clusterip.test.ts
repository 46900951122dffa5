import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { nginx, nginxConfig, serviceWith } from '../nginx-annotations.ts';

const RULE = 'service-upstream-clusterip';
const DIRECT = nginx({ 'service-upstream': 'true' });

test('is a remark while endpoints are ready', async () => {
  const diagnosis = await overlay(DIRECT);
  expect(findingOf(diagnosis, RULE).severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
  expect(rulesOf(await overlay(nginxConfig({ 'service-upstream': 'true' })))).toContain(RULE);
});

test('turns 503 into 502 where nobody is behind the Service, whose own cause stays the root', async () => {
  const empty = serviceWith('web', 'none', { selector: { app: 'nobody' } });
  const without = '# without: EndpointSlice shop/web-abcde\n';
  const plain = await overlay(without + nginx({}) + empty);
  expect(statusOf(plain)).toBe(503);
  const direct = await overlay(without + DIRECT + empty);
  expect(statusOf(direct)).toBe(502);
  expect(rootsOf(direct)).toEqual(rootsOf(plain));
});

test('a headless Service has no address to send to', async () => {
  const headless = serviceWith('web', 'ready', { selector: { app: 'web' }, clusterIP: 'None' });
  expect(rulesOf(await overlay(DIRECT + headless))).not.toContain(RULE);
});
