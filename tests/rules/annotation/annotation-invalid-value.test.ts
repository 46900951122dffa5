import { findingOf, overlay, rootsOf, rulesOf, statusOf } from '../check.ts';
import { nginxDeployment } from '../controllers.ts';
import { document, ingress, ingressClass } from '../ingresses.ts';
import { ingressEvent, nginx } from '../nginx-annotations.ts';

const RULE = 'annotation-invalid-value';
const UNCHECKED = nginxDeployment({
  args: [
    '--controller-class=k8s.io/ingress-nginx',
    '--ingress-class=nginx',
    '--enable-annotation-validation=false',
  ],
});

test('a timeout with a unit leaves the default, and the fix is the plain number', async () => {
  const diagnosis = await overlay(nginx({ 'proxy-read-timeout': '2m' }));
  const finding = findingOf(diagnosis, RULE);
  expect(finding).toMatchObject({ severity: 'low', confidence: 'certain' });
  expect(finding.symptom).toBeUndefined();
  expect(finding.fix?.commands[0]?.run).toContain('proxy-read-timeout=120');
  expect(diagnosis.verdict).toBe('healthy');
});

test('some keep the whole Ingress out', async () => {
  const diagnosis = await overlay(nginx({ 'upstream-vhost': 'a b;c' }));
  expect(rootsOf(diagnosis)).toEqual([RULE]);
  expect(statusOf(diagnosis)).toBe(404);
});

test('without checks only numbers and booleans are wrong, and nothing is kept out', async () => {
  const text = await overlay(nginx({ 'upstream-vhost': 'a b;c' }) + UNCHECKED);
  expect(rulesOf(text)).not.toContain(RULE);
  const number = await overlay(nginx({ 'limit-rps': 'ten' }) + UNCHECKED);
  expect(findingOf(number, RULE).severity).toBe('low');
  expect(number.verdict).toBe('healthy');
});

test('an alias is checked like what it stands for, and a denial is left to its own rule', async () => {
  expect(rulesOf(await overlay(nginx({ 'limit-whitelist': 'office' })))).toContain(RULE);
  expect(rulesOf(await overlay(nginx({ 'whitelist-source-range': 'office' })))).not.toContain(RULE);
});

test('is silent about what the controller accepts', async () => {
  const annotations = { 'proxy-read-timeout': '120', 'ssl-redirect': 'False', 'proxy-body-size': '0' };
  expect(rulesOf(await overlay(nginx({ ...annotations, 'backend-protocol': 'http' })))).not.toContain(RULE);
});

test("F5's controller says so in an event, until it takes the Ingress up", async () => {
  const f5 =
    ingressClass('nginx', 'nginx.org/ingress-controller') +
    ingress({ annotations: { 'nginx.org/redirect-to-https': 'yes please' } }) +
    document({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'nginx-ingress', namespace: 'nginx-ingress', labels: { app: 'nginx-ingress' } },
      spec: {
        template: {
          metadata: { labels: { app: 'nginx-ingress' } },
          spec: { containers: [{ name: 'nginx-ingress', image: 'nginx/nginx-ingress:5.0.0' }] },
        },
      },
      status: { replicas: 1, readyReplicas: 1 },
    });
  const rejected = ingressEvent(
    'Rejected',
    'shop/web was rejected: with error: annotations.nginx.org/x: Invalid value',
  );
  expect(findingOf(await overlay(f5 + rejected), RULE).severity).toBe('critical');
  const taken = ingressEvent(
    'AddedOrUpdated',
    'Configuration for shop/web was added',
    '2026-03-02T11:59:00Z',
  );
  expect(rulesOf(await overlay(f5 + rejected + taken))).not.toContain(RULE);
});
