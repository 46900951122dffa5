import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { besideReadyPod, onlyPod, waiting } from '../pods.ts';

const PENDING = { phase: 'Pending', podIP: undefined, conditions: [{ type: 'Ready', status: 'False' }] };

test('names a volume that another Node holds', async () => {
  const example = {
    state: waiting('ContainerCreating'),
    events: [
      {
        reason: 'FailedAttachVolume',
        message: 'Multi-Attach error for volume "pvc-1" Volume is already used by pod(s) web-5d-zzzzz',
      },
    ],
  };
  const diagnosis = await overlay(onlyPod(example));
  expect(rootOf(diagnosis)).toBe('pod-volume-mount');
  expect(findingOf(diagnosis, 'pod-volume-mount').message).toContain('attached to another Node');
});

test('the message that names the cause wins over the summary of volumes', async () => {
  const example = {
    state: waiting('ContainerCreating'),
    status: {
      ...PENDING,
      containerStatuses: [{ name: 'app', ready: false, ...waiting('ContainerCreating') }],
    },
    events: [
      {
        reason: 'FailedMount',
        message:
          'Unable to attach or mount volumes: unmounted volumes=[config], unattached volumes=[]: timed out',
        lastTimestamp: '2026-03-02T11:59:50Z',
      },
      {
        reason: 'FailedMount',
        message: 'MountVolume.SetUp failed for volume "config" : configmap "web-config" not found',
        lastTimestamp: '2026-03-02T11:59:00Z',
      },
    ],
  };
  const { message } = findingOf(await overlay(onlyPod(example)), 'pod-volume-mount');
  expect(message).toContain('ConfigMap `web-config` does not exist');
});

test('a missing object is a fault at once', async () => {
  const example = {
    metadata: { creationTimestamp: '2026-03-02T11:59:50Z' },
    state: waiting('ContainerCreating'),
    events: [
      {
        reason: 'FailedMount',
        message: 'MountVolume.SetUp failed for volume "keys" : secret "keys" not found',
      },
    ],
  };
  expect(rootOf(await overlay(onlyPod(example)))).toBe('pod-volume-mount');
});

test('a mount that failed once and then succeeded is not reported', async () => {
  const events = [
    { reason: 'FailedMount', message: 'MountVolume.SetUp failed for volume "config" : timed out', count: 1 },
  ];
  expect(rulesOf(await overlay(onlyPod({ ready: true, events })))).not.toContain('pod-volume-mount');
});

test('a mount that fails in the first seconds is left alone', async () => {
  const example = {
    metadata: { creationTimestamp: '2026-03-02T11:59:45Z' },
    state: waiting('ContainerCreating'),
    events: [
      { reason: 'FailedMount', message: 'MountVolume.SetUp failed for volume "token" : not registered' },
    ],
  };
  expect(rulesOf(await overlay(besideReadyPod(example)))).not.toContain('pod-volume-mount');
});
