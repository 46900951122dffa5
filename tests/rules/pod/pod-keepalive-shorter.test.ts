import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { nginxAccess, nginxError, nginxLog, times } from '../controller-logs.ts';
import { documents, POD_A, pod } from '../shop-objects.ts';

const NAME = 'pod-keepalive-shorter';
const CLOSED = nginxError(
  'upstream prematurely closed connection while reading response header from upstream',
);
const RESET = nginxError(
  'recv() failed (104: Connection reset by peer) while reading response header from upstream',
);
const many = times(40, nginxAccess(200));

test('is suspected where a few of many requests are cut off', async () => {
  const diagnosis = await overlay(documents(nginxLog(...many, CLOSED, RESET)));
  expect(findingOf(diagnosis, NAME)).toMatchObject({ confidence: 'suspect', partial: true });
  expect(diagnosis.verdict).toBe('healthy');
});

test('is a cause to somebody who saw the status', async () => {
  const diagnosis = await overlay(documents(nginxLog(...many, CLOSED, RESET)), { seenStatus: 502 });
  expect(rootOf(diagnosis)).toBe(NAME);
});

test.each<[string, readonly object[]]>([
  ['it happened once', [nginxLog(...many, CLOSED)]],
  ['it happens often', [nginxLog(...times(5, nginxAccess(200)), CLOSED, RESET)]],
  ['nothing is known of other requests', [nginxLog(CLOSED, RESET)]],
  ['it was another Pod', [nginxLog(...many, ...times(2, CLOSED.replace('10.244.0.21', '10.244.0.99')))]],
  [
    'the Pod was started again at that time',
    [nginxLog(...many, CLOSED, RESET), restarted('2026-03-02T11:58:00Z')],
  ],
])('is silent when %s', async (_case, objects) => {
  expect(rulesOf(await overlay(documents(...objects)))).not.toContain(NAME);
});

function restarted(finishedAt: string): object {
  const plain = pod(POD_A) as { readonly status: object };
  const lastState = { terminated: { exitCode: 0, reason: 'Completed', finishedAt } };
  const state = { running: { startedAt: finishedAt } };
  const containerStatuses = [{ name: 'app', ready: true, started: true, restartCount: 1, state, lastState }];
  return { ...plain, status: { ...plain.status, containerStatuses } };
}
