import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { besideReadyPod, crashed, onlyPod, waiting } from '../pods.ts';

function initialising(status: object) {
  return {
    state: waiting('PodInitializing'),
    spec: { initContainers: [{ name: 'migrate', image: 'registry.example.com/migrate:1.0.0' }] },
    status: {
      phase: 'Pending',
      conditions: [{ type: 'Ready', status: 'False' }],
      initContainerStatuses: [{ name: 'migrate', ready: false, restartCount: 0, ...status }],
    },
  };
}

test('names an init container that fails', async () => {
  const diagnosis = await overlay(onlyPod(initialising(crashed(1))));
  expect(rootOf(diagnosis)).toBe('pod-init-stuck');
  expect(findingOf(diagnosis, 'pod-init-stuck').message).toContain('`migrate` fails with exit code 1');
  expect(rulesOf(diagnosis)).not.toContain('pod-crashloop');
});

test('kills for memory and images that cannot be pulled have their own rules in init containers too', async () => {
  const killed = await overlay(onlyPod(initialising(crashed(137, { reason: 'OOMKilled' }))));
  expect(rootOf(killed)).toBe('pod-oomkilled');
  expect(rulesOf(killed)).not.toContain('pod-init-stuck');
  const unpulled = await overlay(onlyPod(initialising(waiting('ImagePullBackOff'))));
  expect(rootOf(unpulled)).toBe('pod-image-pull');
  expect(rulesOf(unpulled)).not.toContain('pod-init-stuck');
});

test('an init container at work is left alone, for longer beside ready Pods', async () => {
  const since = (startedAt: string) => initialising({ state: { running: { startedAt } } });
  expect(rulesOf(await overlay(onlyPod(since('2026-03-02T11:59:55Z'))))).not.toContain('pod-init-stuck');
  expect(rulesOf(await overlay(besideReadyPod(since('2026-03-02T11:56:00Z'))))).not.toContain(
    'pod-init-stuck',
  );
  expect(rulesOf(await overlay(onlyPod(since('2026-03-02T11:56:00Z'))))).toContain('pod-init-stuck');
});

test('a sidecar keeps running by design', async () => {
  const spec = { initContainers: [{ name: 'proxy', restartPolicy: 'Always' }] };
  const status = {
    initContainerStatuses: [
      {
        name: 'proxy',
        ready: true,
        started: true,
        state: { running: { startedAt: '2026-03-02T11:00:02Z' } },
      },
    ],
  };
  expect((await overlay(onlyPod({ ready: true, spec, status }))).verdict).toBe('healthy');
});
