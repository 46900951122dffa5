import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { nginxDeployment } from '../controllers.ts';
import { nginx, nginxConfig } from '../nginx-annotations.ts';

const RULE = 'tls-passthrough-disabled';
const PASS = { 'ssl-passthrough': 'true' };
const ENABLED = nginxDeployment({
  args: ['--controller-class=k8s.io/ingress-nginx', '--ingress-class=nginx', '--enable-ssl-passthrough'],
});

test('plain HTTP reaches Pods that speak TLS', async () => {
  const diagnosis = await overlay(nginx(PASS));
  expect(rootsOf(diagnosis)).toEqual([RULE]);
  expect(statusOf(diagnosis)).toBe(400);
});

test('the key of the ConfigMap means nothing, the argument does', async () => {
  const config = nginxConfig({ 'enable-ssl-passthrough': 'true' });
  expect(rulesOf(await overlay(nginx(PASS) + config))).toContain(RULE);
  expect(rulesOf(await overlay(nginx(PASS) + ENABLED))).not.toContain(RULE);
});

test('only path / is passed through', async () => {
  expect(rulesOf(await overlay(nginx(PASS, { path: '/api' }) + ENABLED))).toContain(RULE);
});

test('is a remark where the controller speaks TLS to the Pods anyway', async () => {
  const diagnosis = await overlay(nginx({ ...PASS, 'backend-protocol': 'HTTPS' }));
  expect(findingOf(diagnosis, RULE).severity).toBe('low');
});
