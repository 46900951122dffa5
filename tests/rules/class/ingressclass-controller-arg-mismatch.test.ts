import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { nginxDeployment } from '../controllers.ts';
import { ingress, ingressClass } from '../ingresses.ts';

const OTHER = nginxDeployment({
  args: ['--controller-class=k8s.io/internal-nginx', '--ingress-class=internal'],
});

test('is certain where the class names the product and its installation is set to another controller', async () => {
  const diagnosis = await overlay(OTHER + ingress({ hasAddress: false }));
  expect(rootOf(diagnosis)).toBe('ingressclass-controller-arg-mismatch');
  const { confidence, evidence } = findingOf(diagnosis, 'ingressclass-controller-arg-mismatch');
  expect(confidence).toBe('certain');
  expect(evidence.map(({ object }) => object.kind)).toEqual(
    expect.arrayContaining(['Deployment', 'IngressClass']),
  );
});

test('is likely where the class only looks like one of the product', async () => {
  const internal = ingressClass('internal', 'k8s.io/internal-nginx');
  const diagnosis = await overlay(ingress({ className: 'internal', hasAddress: false }) + internal);
  expect(findingOf(diagnosis, 'ingressclass-controller-arg-mismatch').confidence).toBe('likely');
});

test('is silent where a second installation serves the class', async () => {
  const second = nginxDeployment({ name: 'second', namespace: 'second' });
  const diagnosis = await overlay(OTHER + second);
  expect(rulesOf(diagnosis)).not.toContain('ingressclass-controller-arg-mismatch');
});

test('is silent where the class is read by its name', async () => {
  const byName = nginxDeployment({
    args: ['--controller-class=example.com/x', '--ingress-class=nginx', '--ingress-class-by-name'],
  });
  expect((await overlay(byName)).verdict).toBe('healthy');
});
