import { findingOf, overlay, rulesOf } from '../check.ts';
import { documents, service } from '../shop-objects.ts';

test('is a remark: the Service works until its finalizers are done', async () => {
  const terminating = {
    ...service(),
    metadata: {
      name: 'web',
      namespace: 'shop',
      deletionTimestamp: '2026-03-02T11:58:00Z',
      finalizers: ['service.kubernetes.io/load-balancer-cleanup'],
    },
  };
  const diagnosis = await overlay(documents(terminating));
  expect(findingOf(diagnosis, 'service-terminating').severity).toBe('low');
  expect(diagnosis.verdict).toBe('healthy');
});

test('finalizers alone mean no deletion', async () => {
  const kept = {
    ...service(),
    metadata: { name: 'web', namespace: 'shop', finalizers: ['service.kubernetes.io/load-balancer-cleanup'] },
  };
  expect(rulesOf(await overlay(documents(kept)))).toEqual([]);
});
