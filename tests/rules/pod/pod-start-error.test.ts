import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { crashed, onlyPod, waiting } from '../pods.ts';

test.each([
  [127, 'exit code 127'],
  [126, 'exit code 126'],
])('exit code %i', async (code, words) => {
  const diagnosis = await overlay(onlyPod({ state: crashed(code) }));
  expect(rootOf(diagnosis)).toBe('pod-start-error');
  expect(findingOf(diagnosis, 'pod-start-error').message).toContain(words);
});

test('names the program that is built for another platform', async () => {
  const state = crashed(128, { reason: 'StartError', message: 'exec: "/app": exec format error' });
  const { message } = findingOf(await overlay(onlyPod({ state })), 'pod-start-error');
  expect(message).toContain('`/app` is built for another platform');
});

test('RunContainerError is known by the waiting state alone', async () => {
  const state = waiting('RunContainerError', 'exec: "serve": executable file not found in $PATH');
  expect(rootOf(await overlay(onlyPod({ state }), { forbidden: ['Event'] }))).toBe('pod-start-error');
});

test('a program that ran and failed did start', async () => {
  expect(rulesOf(await overlay(onlyPod({ state: crashed(1) })))).not.toContain('pod-start-error');
});
