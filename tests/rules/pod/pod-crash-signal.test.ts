import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { besideReadyPod, crashed, onlyPod } from '../pods.ts';

test.each([
  [132, 'an illegal instruction'],
  [134, 'an abort'],
  [136, 'an arithmetic error'],
  [139, 'a segmentation fault'],
])('exit code %d is %s', async (code, words) => {
  const diagnosis = await overlay(onlyPod({ state: crashed(code) }));
  expect(rootsOf(diagnosis)).toEqual(['pod-crash-signal']);
  expect(findingOf(diagnosis, 'pod-crash-signal').message).toContain(`${words} (exit code ${code})`);
});

test('a full heap is a matter of memory', async () => {
  const previousLog = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n';
  const { fix } = findingOf(await overlay(onlyPod({ state: crashed(134), previousLog })), 'pod-crash-signal');
  expect(fix?.summary).toContain('heap');
});

test('one crash that the container got over is history', async () => {
  const state = {
    ...crashed(139, { finishedAt: '2026-03-02T11:20:00Z' }, 1),
    started: true,
    ready: true,
    state: { running: { startedAt: '2026-03-02T11:20:05Z' } },
  };
  const diagnosis = await overlay(besideReadyPod({ state, ready: true }));
  expect(rulesOf(diagnosis)).not.toContain('pod-crash-signal');
  expect(diagnosis.verdict).toBe('healthy');
});

test('137 comes from outside', async () => {
  expect(rulesOf(await overlay(onlyPod({ state: crashed(137) })))).not.toContain('pod-crash-signal');
});
