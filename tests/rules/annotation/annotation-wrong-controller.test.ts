import { findingOf, overlay, rulesOf } from '../check.ts';
import { nginxDeployment } from '../controllers.ts';
import { ingress } from '../ingresses.ts';
import { nginx } from '../nginx-annotations.ts';

const RULE = 'annotation-wrong-controller';

test('is only a remark', async () => {
  const diagnosis = await overlay(nginx({ 'rewrite-target': '/' }), { controller: 'traefik' });
  expect(findingOf(diagnosis, RULE)).toMatchObject({ severity: 'info', confidence: 'certain' });
  expect(diagnosis.verdict).toBe('healthy');
});

test('names the prefix that the installation reads instead of the usual one', async () => {
  const controller = nginxDeployment({
    args: [
      '--ingress-class=nginx',
      '--controller-class=k8s.io/ingress-nginx',
      '--annotations-prefix=inner.example.com',
    ],
  });
  const usual = await overlay(nginx({ 'proxy-body-size': '8m' }) + controller);
  expect(findingOf(usual, RULE).message).toContain('inner.example.com/');
  const own = ingress({ annotations: { 'inner.example.com/proxy-body-size': '8m' } });
  expect(rulesOf(await overlay(own + controller))).not.toContain(RULE);
});

test('is silent about annotations of no Ingress controller, and about shared prefixes', async () => {
  const annotations = {
    'cert-manager.io/cluster-issuer': 'letsencrypt',
    'kubernetes.io/ingress.allow-http': 'true',
    'ingress.kubernetes.io/force-ssl-redirect': 'true',
    'meta.helm.sh/release-name': 'web',
  };
  expect(rulesOf(await overlay(ingress({ annotations })))).not.toContain(RULE);
});
