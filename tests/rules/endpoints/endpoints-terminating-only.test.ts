import { overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { documents, endpoint, POD_A, POD_B, pod, slice } from '../shop-objects.ts';

const leaving = { ready: false, serving: true, terminating: true };
const deletionTimestamp = '2026-03-02T12:00:20Z';
const yaml = documents(
  slice([endpoint('10.244.0.21', POD_A, leaving), endpoint('10.244.0.22', POD_B, leaving)]),
  pod(POD_A, { deletionTimestamp }),
  pod(POD_B, { deletionTimestamp, ip: '10.244.0.22' }),
);

test('ingress-nginx sends nothing to them', async () => {
  const diagnosis = await overlay(yaml);
  expect(rootOf(diagnosis)).toBe('endpoints-terminating-only');
  expect(statusOf(diagnosis)).toBe(503);
});

test('Traefik does while they serve', async () => {
  const diagnosis = await overlay(yaml, { controller: 'traefik' });
  expect(rulesOf(diagnosis)).not.toContain('endpoints-terminating-only');
  expect(statusOf(diagnosis)).toBe(200);
});

test('beside a ready endpoint they are part of a rollout', async () => {
  const mixed = documents(slice([endpoint('10.244.0.21', POD_A), endpoint('10.244.0.22', POD_B, leaving)]));
  expect(rulesOf(await overlay(mixed))).not.toContain('endpoints-terminating-only');
});
