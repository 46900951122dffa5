import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { document, ingress, ingressClass } from '../ingresses.ts';

const ELSEWHERE = document({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'a', namespace: 'other' },
});
const GONE = `# without: Deployment ingress-nginx/ingress-nginx-controller\n${ELSEWHERE}`;

test('is likely where a product that runs in the cluster is not there', async () => {
  const diagnosis = await overlay(GONE + ingress({ hasAddress: false }));
  expect(rootOf(diagnosis)).toBe('ingressclass-no-controller');
  expect(findingOf(diagnosis, 'ingressclass-no-controller').confidence).toBe('likely');
});

test('only suspects where nothing outside the namespace of the Ingress was seen', async () => {
  const diagnosis = await overlay(GONE.replace(ELSEWHERE, '') + ingress({ hasAddress: false }));
  expect(findingOf(diagnosis, 'ingressclass-no-controller').confidence).toBe('suspect');
});

test.each(['ingress.k8s.aws/alb', 'azure/application-gateway'])(
  'only suspects the managed %s',
  async (controller) => {
    const diagnosis = await overlay(GONE + ingress() + ingressClass('nginx', controller));
    expect(findingOf(diagnosis, 'ingressclass-no-controller')).toMatchObject({
      confidence: 'suspect',
      severity: 'low',
    });
    expect(rootOf(diagnosis)).toBeUndefined();
  },
);

test('is silent on controllers outside the cluster', async () => {
  const diagnosis = await overlay(GONE + ingress() + ingressClass('nginx', 'eks.amazonaws.com/alb'));
  expect(rulesOf(diagnosis)).not.toContain('ingressclass-no-controller');
});

test('is a remark on a product that is not known, beside one that is, as long as the Ingress has an address', async () => {
  const kong = ingressClass('kong', 'ingress-controllers.konghq.com/kong');
  const diagnosis = await overlay(ingress({ className: 'kong' }) + kong);
  expect(findingOf(diagnosis, 'ingressclass-no-controller').severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

test('is likely on a product that is not known, where the Ingress has no address', async () => {
  const other = ingressClass('other', 'example.com/not-installed');
  const diagnosis = await overlay(ingress({ className: 'other', hasAddress: false }) + other);
  expect(findingOf(diagnosis, 'ingressclass-no-controller').confidence).toBe('likely');
  expect(diagnosis.verdict).toBe('failing');
});

test('is silent where another product serves the class by its name', async () => {
  const diagnosis = await overlay(ingressClass('nginx', 'k8s.io/ingress-nginx'), { controller: 'contour' });
  expect(rulesOf(diagnosis)).not.toContain('ingressclass-no-controller');
});
