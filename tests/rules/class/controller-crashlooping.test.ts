import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { nginxPod } from '../controllers.ts';

const CRASHING = {
  restartCount: 9,
  state: { waiting: { reason: 'CrashLoopBackOff' } },
  lastState: { terminated: { exitCode: 255, reason: 'Error', finishedAt: '2026-03-02T11:58:00Z' } },
};

test('explains that no Pod is ready', async () => {
  const diagnosis = await overlay(nginxPod({ isReady: false, container: CRASHING }));
  expect(rootsOf(diagnosis)).toEqual(['controller-crashlooping']);
  expect(rulesOf(diagnosis)).toContain('controller-not-ready');
});

test('fails no request while another Pod is ready', async () => {
  const diagnosis = await overlay(nginxPod({ name: 'second', isReady: false, container: CRASHING }));
  expect(findingOf(diagnosis, 'controller-crashlooping').severity).toBe('medium');
  expect(diagnosis.verdict).toBe('healthy');
});

test('is silent on a restart some time ago', async () => {
  const diagnosis = await overlay(
    nginxPod({
      container: {
        restartCount: 1,
        state: { running: { startedAt: '2026-02-20T00:00:00Z' } },
        lastState: { terminated: { exitCode: 255, reason: 'Error', finishedAt: '2026-02-20T00:00:00Z' } },
      },
    }),
  );
  expect(rulesOf(diagnosis)).not.toContain('controller-crashlooping');
});
