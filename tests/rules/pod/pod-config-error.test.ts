import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { onlyPod, waiting } from '../pods.ts';

test.each([
  ['secret "db" not found', 'secret `db` not found'],
  ["couldn't find key url in ConfigMap shop/web-config", 'ConfigMap `shop/web-config` has no key `url`'],
  [
    'container has runAsNonRoot and image will run as root (pod: "web", container: app)',
    'must not run as root',
  ],
])('%s', async (text, words) => {
  const diagnosis = await overlay(onlyPod({ state: waiting('CreateContainerConfigError', text) }));
  expect(rootOf(diagnosis)).toBe('pod-config-error');
  expect(findingOf(diagnosis, 'pod-config-error').message).toContain(words);
});

test('a container that the runtime cannot create is another fault', async () => {
  const diagnosis = await overlay(
    onlyPod({ state: waiting('CreateContainerError', 'no command specified') }),
  );
  expect(rulesOf(diagnosis)).not.toContain('pod-config-error');
  expect(rootOf(diagnosis)).toBe('pod-start-error');
});

test('tells since when the Pod is out of service', async () => {
  const diagnosis = await overlay(
    onlyPod({ state: waiting('CreateContainerConfigError', 'secret "web-db" not found') }),
  );
  expect(findingOf(diagnosis, 'pod-config-error').since).toBe('2026-03-02T11:01:00Z');
});
