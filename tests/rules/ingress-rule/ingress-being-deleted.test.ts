import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { ingress, ingressClass } from '../ingresses.ts';

test('names the finalizers, and foretells nothing by itself', async () => {
  const metadata = { deletionTimestamp: '2026-03-02T11:50:00Z', finalizers: ['ingress.k8s.aws/resources'] };
  const diagnosis = await overlay(ingress({ metadata }));
  const { message, symptom, since } = findingOf(diagnosis, 'ingress-being-deleted');
  expect(message).toContain('ingress.k8s.aws/resources');
  expect(symptom).toBeUndefined();
  expect(since).toBe(metadata.deletionTimestamp);
});

test('foretells that a controller of a load balancer takes the rules away', async () => {
  const metadata = { deletionTimestamp: '2026-03-02T11:50:00Z', finalizers: ['ingress.k8s.aws/resources'] };
  const diagnosis = await overlay(
    `${ingress({ metadata })}---\n${ingressClass('nginx', 'ingress.k8s.aws/alb')}`,
  );
  expect(rootOf(diagnosis)).toBe('ingress-being-deleted');
  expect(diagnosis.verdict).toBe('failing');
});

test('is silent on a finalizer alone', async () => {
  const diagnosis = await overlay(ingress({ metadata: { finalizers: ['ingress.k8s.aws/resources'] } }));
  expect(rulesOf(diagnosis)).not.toContain('ingress-being-deleted');
});
