import { findingOf, overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { besideReadyPod, crashed, onlyPod } from '../pods.ts';

test('is certain by the status alone', async () => {
  const diagnosis = await overlay(onlyPod({ state: crashed(1) }), { forbidden: ['Event'] });
  expect(rootOf(diagnosis)).toBe('pod-crashloop');
  expect(findingOf(diagnosis, 'pod-crashloop')).toMatchObject({
    confidence: 'certain',
    message: 'container `app` exits with code 1 right after start',
  });
  expect(statusOf(diagnosis)).toBe(503);
});

test('counts a container that runs for some seconds for the ninth time', async () => {
  const state = {
    ...crashed(2, {}, 9),
    state: { running: { startedAt: '2026-03-02T11:59:57Z' } },
  };
  expect(rootOf(await overlay(onlyPod({ state })))).toBe('pod-crashloop');
});

test('takes the cause from the log of the run that ended, without credentials', async () => {
  const previousLog =
    'starting\nError: connect ECONNREFUSED postgres://web:hunter2@db:5432\n    at connect\n';
  const finding = findingOf(await overlay(onlyPod({ state: crashed(1), previousLog })), 'pod-crashloop');
  expect(finding.message).toContain('connection refused');
  const evidence = JSON.stringify(finding.evidence);
  expect(evidence).toContain('db:5432');
  expect(evidence).not.toContain('hunter2');
});

test('a probe that is refused while the container crashes is no cause of its own', async () => {
  const events = [
    { reason: 'Unhealthy', message: 'Readiness probe failed: dial tcp: connect: connection refused' },
  ];
  const diagnosis = await overlay(onlyPod({ state: crashed(1), events }));
  expect(rulesOf(diagnosis)).not.toContain('pod-readiness-refused');
});

test('a crash beside ready Pods takes nothing down', async () => {
  const diagnosis = await overlay(besideReadyPod({ state: crashed(1) }));
  expect(findingOf(diagnosis, 'pod-crashloop').severity).toBe('medium');
  expect(statusOf(diagnosis)).toBe(200);
});

test('a container that restarted while its database came up, and is ready since, is healthy', async () => {
  const state = {
    ...crashed(1, { finishedAt: '2026-03-02T11:55:00Z' }, 2),
    started: true,
    state: { running: { startedAt: '2026-03-02T11:55:10Z' } },
  };
  const diagnosis = await overlay(onlyPod({ ready: true, state }));
  expect(rulesOf(diagnosis)).not.toContain('pod-crashloop');
  expect(diagnosis.verdict).toBe('healthy');
});

test('a Pod that is being deleted may end as it likes', async () => {
  const metadata = { deletionTimestamp: '2026-03-02T12:00:20Z' };
  const diagnosis = await overlay(besideReadyPod({ metadata, state: crashed(143) }));
  expect(rulesOf(diagnosis)).not.toContain('pod-crashloop');
});
