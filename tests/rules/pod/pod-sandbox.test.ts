import { findingOf, overlay, rootsOf, rulesOf } from '../check.ts';
import { type EventExample, onlyPod, type PodExample, waiting } from '../pods.ts';

function creating(message: string, event: Partial<EventExample> = {}, metadata: object = {}): PodExample {
  return {
    metadata,
    state: waiting('ContainerCreating'),
    status: { phase: 'Pending', podIP: undefined },
    events: [{ reason: 'FailedCreatePodSandBox', message, ...event }],
  };
}

test.each([
  [
    'plugin type="aws-cni" name="aws-cni" failed (add): add cmd: failed to assign an IP address to container',
    'no IP address',
  ],
  [
    'failed to setup network for sandbox "60": plugin type="calico" failed (add): error getting ClusterInformation: connection is unauthorized',
    '`calico`',
  ],
  ['failed to get sandbox image "registry.example.com/pause:3.10": failed to pull image', 'pause image'],
  ['no runtime for "gvisor" is configured', 'no runtime of the class'],
  ['rpc error: code = DeadlineExceeded desc = context deadline exceeded', 'sandbox cannot be created'],
])('%s', async (message, words) => {
  const diagnosis = await overlay(onlyPod(creating(message)));
  expect(rootsOf(diagnosis)).toEqual(['pod-sandbox']);
  expect(findingOf(diagnosis, 'pod-sandbox').message).toContain(words);
});

test('a Node without network says so in an event of its own', async () => {
  const message =
    'network is not ready: container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';
  const diagnosis = await overlay(onlyPod(creating(message, { reason: 'NetworkNotReady' })));
  expect(rootsOf(diagnosis)).toEqual(['pod-sandbox']);
});

test.each([
  ['the Pod runs by now', { ...creating('failed'), state: {}, status: {} }],
  ['the failures are over', creating('failed', { lastTimestamp: '2026-03-02T11:40:00Z' })],
  [
    'the Pod is new, and so may be its Node',
    creating('failed', { count: 1 }, { creationTimestamp: '2026-03-02T11:59:45Z' }),
  ],
])('is silent where %s', async (_, example) => {
  expect(rulesOf(await overlay(onlyPod(example)))).not.toContain('pod-sandbox');
});
