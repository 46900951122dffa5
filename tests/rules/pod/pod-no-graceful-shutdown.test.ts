import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { nginxAccess, nginxLog } from '../controller-logs.ts';
import { documents, POD_A, POD_B, pod } from '../shop-objects.ts';

const NAME = 'pod-no-graceful-shutdown';
const lost = (time: string, backend = 'shop-web-80') =>
  nginxAccess(502, '10.244.0.17:8080 0 0.001 502', { time, backend });

function replaced(since = '2026-03-02T11:56:00Z', container: object = {}): readonly object[] {
  return [pod(POD_A, { since, container }), pod(POD_B, { since, container, ip: '10.244.0.22' })];
}

test('is suspected where requests went to Pods that were being replaced', async () => {
  const diagnosis = await overlay(documents(...replaced(), nginxLog(lost('11:56:20'))));
  expect(findingOf(diagnosis, NAME)).toMatchObject({
    confidence: 'suspect',
    object: { kind: 'Deployment', name: 'web' },
  });
  expect(diagnosis.verdict).toBe('healthy');
});

test('is a cause to somebody who saw the status', async () => {
  const yaml = documents(...replaced(), nginxLog(lost('11:56:20')));
  expect(rootOf(await overlay(yaml, { seenStatus: 502 }))).toBe(NAME);
});

test.each<[string, readonly object[]]>([
  ['no Pod was replaced then', [nginxLog(lost('11:56:20'))]],
  ['the rollout was long before', [...replaced(), nginxLog(lost('11:59:20'))]],
  [
    'the end of Pods is delayed',
    [
      ...replaced(undefined, { lifecycle: { preStop: { sleep: { seconds: 5 } } } }),
      nginxLog(lost('11:56:20')),
    ],
  ],
  ['it was another Service', [...replaced(), nginxLog(lost('11:56:20', 'shop-api-80'))]],
  [
    'the address is a Pod of the Service',
    [...replaced(), nginxLog(nginxAccess(502, '10.244.0.21:8080 0 0.001 502', { time: '11:56:20' }))],
  ],
  [
    'the application answered so itself',
    [...replaced(), nginxLog(nginxAccess(502, '10.244.0.17:8080 160 0.001 502', { time: '11:56:20' }))],
  ],
])('is silent when %s', async (_case, objects) => {
  expect(rulesOf(await overlay(documents(...objects)))).not.toContain(NAME);
});
