import { findingOf, overlay, rulesOf } from '../check.ts';
import { documents, endpoint, POD_A, POD_B, pod, service, slice } from '../shop-objects.ts';

const published = service({ publishNotReadyAddresses: true });
const endpoints = slice([endpoint('10.244.0.21', POD_A), endpoint('10.244.0.22', POD_B, { serving: false })]);
const down = (since: string) => pod(POD_B, { ip: '10.244.0.22', ready: false, since });

test('Traefik looks at serving, and leaves such Pods out', async () => {
  const yaml = documents(published, endpoints, down('2026-03-01T00:00:00Z'));
  expect(rulesOf(await overlay(yaml))).toContain('publish-not-ready');
  expect(rulesOf(await overlay(yaml, { controller: 'traefik' }))).not.toContain('publish-not-ready');
});

test('a Pod that answers its probe with a status answers requests, too', async () => {
  const event = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'web.1', namespace: 'shop' },
    type: 'Warning',
    reason: 'Unhealthy',
    message: 'Readiness probe failed: HTTP probe failed with statuscode: 503',
    count: 40,
    lastTimestamp: '2026-03-02T11:59:00Z',
    involvedObject: { kind: 'Pod', namespace: 'shop', name: POD_B },
  };
  const diagnosis = await overlay(documents(published, endpoints, down('2026-03-01T00:00:00Z'), event));
  expect(findingOf(diagnosis, 'publish-not-ready').symptom).toBe('application-error');
});

test('a Pod that merely starts decides nothing', async () => {
  const diagnosis = await overlay(documents(published, endpoints, down('2026-03-02T11:59:50Z')));
  expect(findingOf(diagnosis, 'publish-not-ready').confidence).toBe('suspect');
  expect(diagnosis.verdict).toBe('healthy');
});

test('with all Pods ready the setting does no harm', async () => {
  expect(rulesOf(await overlay(documents(published)))).toEqual([]);
});
