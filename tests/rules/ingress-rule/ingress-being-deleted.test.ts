import { findingOf, overlay, rulesOf } from '../check.ts';
import { ingress } from '../ingresses.ts';

test('names the finalizers, and foretells nothing by itself', async () => {
  const metadata = { deletionTimestamp: '2026-03-02T11:50:00Z', finalizers: ['ingress.k8s.aws/resources'] };
  const diagnosis = await overlay(ingress({ metadata }));
  const { message, symptom, since } = findingOf(diagnosis, 'ingress-being-deleted');
  expect(message).toContain('ingress.k8s.aws/resources');
  expect(symptom).toBeUndefined();
  expect(since).toBe(metadata.deletionTimestamp);
});

test('is silent on a finalizer alone', async () => {
  const diagnosis = await overlay(ingress({ metadata: { finalizers: ['ingress.k8s.aws/resources'] } }));
  expect(rulesOf(diagnosis)).not.toContain('ingress-being-deleted');
});
