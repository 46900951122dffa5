import { findingOf, overlay, rulesOf } from '../check.ts';
import { nginx, nginxConfig, serviceWith } from '../nginx-annotations.ts';

const RULE = 'custom-http-errors-masks';
const ERRORS = { 'custom-http-errors': '404,503' };

test('is a remark, wherever it is set', async () => {
  expect(findingOf(await overlay(nginx(ERRORS)), RULE).severity).toBe('info');
  expect(rulesOf(await overlay(nginxConfig(ERRORS)))).toContain(RULE);
});

test('names a backend for errors that is gone or has nobody behind it', async () => {
  const yaml = nginx({ ...ERRORS, 'default-backend': 'errors' });
  expect(findingOf(await overlay(yaml), RULE).severity).toBe('low');
  expect(findingOf(await overlay(yaml + serviceWith('errors', 'not ready')), RULE).severity).toBe('low');
  expect(findingOf(await overlay(yaml + serviceWith('errors', 'ready')), RULE).severity).toBe('info');
});

test('is silent where nothing is intercepted', async () => {
  expect(rulesOf(await overlay(nginx({ 'default-backend': 'errors' })))).not.toContain(RULE);
  const off = nginx({ ...ERRORS, 'disable-proxy-intercept-errors': 'true' });
  expect(rulesOf(await overlay(off))).not.toContain(RULE);
});
