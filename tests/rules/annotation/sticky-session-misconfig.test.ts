import { findingOf, overlay, rulesOf } from '../check.ts';
import { nginx, serviceWith } from '../nginx-annotations.ts';

const RULE = 'sticky-session-misconfig';

test('the Service chooses where requests go to its address', async () => {
  const diagnosis = await overlay(nginx({ affinity: 'cookie', 'service-upstream': 'true' }));
  expect(findingOf(diagnosis, RULE)).toMatchObject({ severity: 'low', confidence: 'certain' });
  expect(diagnosis.verdict).toBe('healthy');
});

test('affinity of the Service is passed by', async () => {
  const yaml = serviceWith('web', 'ready', { selector: { app: 'web' }, sessionAffinity: 'ClientIP' });
  expect(findingOf(await overlay(yaml), RULE).severity).toBe('info');
  expect(rulesOf(await overlay(yaml + nginx({ 'service-upstream': 'true' })))).not.toContain(RULE);
});

test('is silent about cookies that work', async () => {
  expect(rulesOf(await overlay(nginx({ affinity: 'cookie' })))).not.toContain(RULE);
  const whole = nginx({ affinity: 'cookie', 'use-regex': 'true', 'session-cookie-path': '/' });
  expect(rulesOf(await overlay(whole))).not.toContain(RULE);
  expect(rulesOf(await overlay(nginx({ 'use-regex': 'true' })))).not.toContain(RULE);
});
