import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { ingress } from '../ingresses.ts';

function both(field: string, annotation: string, hasAddress = false): string {
  return ingress({
    className: field,
    annotations: { 'kubernetes.io/ingress.class': annotation },
    hasAddress,
  });
}

test('is a remark where the one that counts is served', async () => {
  const diagnosis = await overlay(both('nginx', 'other', true));
  expect(findingOf(diagnosis, 'class-annotation-field-conflict').severity).toBe('info');
  expect(diagnosis.verdict).toBe('healthy');
});

test('is the cause on Contour, which goes by the annotation', async () => {
  const diagnosis = await overlay(both('nginx', 'other'), { controller: 'contour' });
  expect(rootsOf(diagnosis)).toEqual(['class-annotation-field-conflict']);
});

test('explains the missing class where the annotation would be served', async () => {
  const diagnosis = await overlay(both('gone', 'nginx'));
  expect(rootsOf(diagnosis)).toEqual(['class-annotation-field-conflict']);
  expect(rulesOf(diagnosis)).toContain('ingressclass-missing');
});

test('leaves it to the class that counts where neither is served', async () => {
  const diagnosis = await overlay(both('gone', 'other'));
  expect(rootsOf(diagnosis)).toEqual(['ingressclass-missing']);
});

test('is silent on equal values', async () => {
  expect(rulesOf(await overlay(both('nginx', 'nginx', true)))).toEqual([]);
});
