import { findingOf, overlay, rulesOf } from '../check.ts';
import { documents, endpoint, POD_A, POD_B, pod, slice } from '../shop-objects.ts';

const unready = { ready: false, serving: false };

test('says since when the last Pod has not been ready', async () => {
  const yaml = documents(
    slice([endpoint('10.244.0.21', POD_A, unready), endpoint('10.244.0.22', POD_B, unready)]),
    pod(POD_A, { ready: false, since: '2026-03-02T11:30:00Z' }),
    pod(POD_B, { ready: false, since: '2026-03-02T11:40:00Z', ip: '10.244.0.22' }),
  );
  expect(findingOf(await overlay(yaml), 'endpoints-all-not-ready').since).toBe('2026-03-02T11:40:00Z');
});

test('an endpoint that does not say counts as ready', async () => {
  const silent = { addresses: ['10.244.0.21'], targetRef: { kind: 'Pod', namespace: 'shop', name: POD_A } };
  expect((await overlay(documents(slice([silent])))).verdict).toBe('healthy');
});

test('one ready endpoint in another slice is enough', async () => {
  const second = slice([endpoint('10.244.0.22', POD_B)]);
  const yaml = documents(slice([endpoint('10.244.0.21', POD_A, unready)]), {
    ...second,
    metadata: { name: 'web-second', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
  });
  expect(rulesOf(await overlay(yaml))).not.toContain('endpoints-all-not-ready');
});

test('terminating endpoints alone are another matter', async () => {
  const leaving = { ready: false, serving: true, terminating: true };
  const rules = rulesOf(await overlay(documents(slice([endpoint('10.244.0.21', POD_A, leaving)]))));
  expect(rules).toContain('endpoints-terminating-only');
  expect(rules).not.toContain('endpoints-all-not-ready');
});
