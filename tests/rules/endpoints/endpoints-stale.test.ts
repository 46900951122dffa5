import { findingOf, overlay, rulesOf, statusOf } from '../check.ts';
import { documents, endpoint, manualSlice, POD_A, POD_B, pod, slice } from '../shop-objects.ts';

test('a Pod with another address makes its endpoint stale', async () => {
  const yaml = documents(slice([endpoint('10.244.0.21', POD_A), endpoint('10.244.0.77', POD_B)]));
  const diagnosis = await overlay(yaml);
  expect(findingOf(diagnosis, 'endpoints-stale')).toMatchObject({ partial: true, confidence: 'likely' });
  expect(diagnosis.verdict).toBe('degraded');
});

test('where all are stale every request times out', async () => {
  const yaml = documents(slice([endpoint('10.244.0.77', POD_A), endpoint('10.244.0.78', POD_B)]));
  expect(statusOf(await overlay(yaml))).toBe(504);
});

test('a Pod that has ended has no address any more', async () => {
  const yaml = documents(pod(POD_B, { ip: '10.244.0.22', phase: 'Failed', ready: false }));
  expect(rulesOf(await overlay(yaml))).toContain('endpoints-stale');
});

test('a second address of the Pod is its own', async () => {
  const dual = pod(POD_A) as { status: object };
  const podIPs = [{ ip: '10.244.0.21' }, { ip: '2001:db8::21' }];
  const v6 = slice([endpoint('2001:db8::21', POD_A)]);
  const yaml = documents(
    { ...dual, status: { ...dual.status, podIPs } },
    {
      ...v6,
      addressType: 'IPv6',
      metadata: { name: 'web-v6', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
    },
  );
  expect(rulesOf(await overlay(yaml))).toEqual([]);
});

test('endpoints that are not ready, or that somebody wrote by hand, name no missing Pod', async () => {
  const gone = endpoint('10.244.0.99', 'web-6b7f-ccccc', { ready: false, serving: false, terminating: true });
  const yaml = documents(
    slice([endpoint('10.244.0.21', POD_A), endpoint('10.244.0.22', POD_B), gone]),
    manualSlice('web-manual', 'http'),
  );
  expect(rulesOf(await overlay(yaml))).not.toContain('endpoints-stale');
});
