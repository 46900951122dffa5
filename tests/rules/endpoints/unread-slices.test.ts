import { overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { documents, POD_A, POD_B, pod, service } from '../shop-objects.ts';

// What the Pods alone tell where EndpointSlices cannot be read: no requests without a ready Pod, but no health either.

const forbidden = ['EndpointSlice'];
const crashing = (name: string) =>
  pod(name, { ready: false, since: '2026-03-02T11:00:00Z', spec: { nodeName: 'node1' } });

test('without a ready Pod nothing answers', async () => {
  const diagnosis = await overlay(documents(crashing(POD_A), crashing(POD_B)), { forbidden });
  expect(rulesOf(diagnosis)).toContain('endpoints-all-not-ready');
  expect(diagnosis.verdict).toBe('failing');
  expect(statusOf(diagnosis)).toBe(503);
});

test('a selector that matches nothing is the cause', async () => {
  const diagnosis = await overlay(documents(service({ selector: { app: 'wed' } })), { forbidden });
  expect(rootOf(diagnosis)).toBe('service-selector-no-pods');
  expect(statusOf(diagnosis)).toBe(503);
});

test('ready Pods prove no health', async () => {
  const diagnosis = await overlay('', { forbidden });
  expect(rootOf(diagnosis)).toBeUndefined();
  expect(diagnosis.verdict).toBe('unknown');
});
