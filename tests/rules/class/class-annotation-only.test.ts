import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { nginxDeployment } from '../controllers.ts';
import { ingress, ingressClass } from '../ingresses.ts';

function annotated(value: string, hasAddress = true): string {
  return ingress({ className: null, annotations: { 'kubernetes.io/ingress.class': value }, hasAddress });
}

test('is a remark where a controller takes the value', async () => {
  const diagnosis = await overlay(annotated('nginx'));
  expect(findingOf(diagnosis, 'class-annotation-only').severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

test('is certain where the product is set to another value', async () => {
  const controller = nginxDeployment({ args: ['--ingress-class=internal'] });
  const diagnosis = await overlay(annotated('nginx', false) + controller);
  expect(rootOf(diagnosis)).toBe('class-annotation-only');
  expect(findingOf(diagnosis, 'class-annotation-only').confidence).toBe('certain');
});

test('is likely for a value much like the one that is taken', async () => {
  const diagnosis = await overlay(annotated('nginx-internal'));
  expect(findingOf(diagnosis, 'class-annotation-only')).toMatchObject({
    confidence: 'likely',
    symptom: 'not-served',
  });
});

test('only suspects a value of a product that is not known', async () => {
  const diagnosis = await overlay(annotated('kong'));
  expect(findingOf(diagnosis, 'class-annotation-only').severity).toBe('info');
  const kong = ingressClass('kong', 'ingress-controllers.konghq.com/kong');
  const withClass = await overlay(annotated('kong', false) + kong);
  expect(findingOf(withClass, 'class-annotation-only').severity).toBe('info');
  expect(rootOf(withClass)).toBeUndefined();
});

test('is silent on GKE, where it is the only way', async () => {
  const diagnosis = await overlay(annotated('gce'));
  expect(rulesOf(diagnosis)).not.toContain('class-annotation-only');
});
