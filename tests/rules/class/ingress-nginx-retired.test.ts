import { overlay, rulesOf } from '../check.ts';
import { document } from '../ingresses.ts';

function at(takenAt: string): string {
  return document({ apiVersion: 'gateway-doctor/v1', kind: 'SnapshotInfo', takenAt, complete: true });
}

test('is a remark from April 2026 on', async () => {
  expect(rulesOf(await overlay(at('2026-04-01T00:00:00Z')))).toEqual(['ingress-nginx-retired']);
  expect(rulesOf(await overlay(at('2026-03-31T23:59:59Z')))).toEqual([]);
});

test('says nothing of an image that somebody else builds', async () => {
  const change = (object: object) =>
    JSON.parse(
      JSON.stringify(object).replaceAll('ingress-nginx/controller:v1.14.0', 'ingress-nginx/controller:v1'),
    );
  expect(rulesOf(await overlay(at('2026-06-01T00:00:00Z'), { change }))).toEqual([]);
});

test.each(['contour', 'traefik'] as const)('does not concern %s', async (controller) => {
  expect(rulesOf(await overlay(at('2026-06-01T00:00:00Z'), { controller }))).toEqual([]);
});
