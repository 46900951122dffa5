import { findingOf, overlay, rootOf, rulesOf, statusOf } from '../check.ts';
import { besideReadyPod, onlyPod, waiting } from '../pods.ts';

const IMAGE = 'registry.example.com/web:1.0.0';

test.each([
  ['not found', `failed to resolve reference "${IMAGE}": ${IMAGE}: not found`],
  ['the registry refuses access', 'failed to authorize: 401 Unauthorized'],
  ['the registry limits pulls', '429 Too Many Requests - toomanyrequests: You have reached your limit'],
  ['it has no build for the platform of the Node', 'no match for platform in manifest: not found'],
  ['the name of the registry does not resolve', 'dial tcp: lookup registry.example.com: no such host'],
  [
    'the certificate of the registry is not trusted',
    'tls: failed to verify certificate: x509: unknown authority',
  ],
])('says: %s', async (words, text) => {
  const diagnosis = await overlay(onlyPod({ state: waiting('ErrImagePull', text) }));
  expect(rootOf(diagnosis)).toBe('pod-image-pull');
  expect(findingOf(diagnosis, 'pod-image-pull').message.endsWith(`: ${words}`)).toBe(true);
});

test('takes the reason from the event while the kubelet backs off', async () => {
  const events = [
    { reason: 'Failed', message: `Failed to pull image "${IMAGE}": ${IMAGE}: not found` },
    { reason: 'Failed', message: 'Error: ImagePullBackOff', count: 90 },
  ];
  const diagnosis = await overlay(onlyPod({ state: waiting('ImagePullBackOff'), events }));
  expect(findingOf(diagnosis, 'pod-image-pull').message).toContain('not found');
  expect(statusOf(diagnosis)).toBe(503);
});

test('is certain without events', async () => {
  const diagnosis = await overlay(onlyPod({ state: waiting('ImagePullBackOff') }), { forbidden: ['Event'] });
  expect(findingOf(diagnosis, 'pod-image-pull')).toMatchObject({
    confidence: 'certain',
    severity: 'critical',
  });
});

test('takes nothing down beside a ready Pod', async () => {
  const diagnosis = await overlay(besideReadyPod({ state: waiting('ErrImagePull') }));
  expect(findingOf(diagnosis, 'pod-image-pull').severity).toBe('medium');
  expect(statusOf(diagnosis)).toBe(200);
});

test('a young Pod whose image is being pulled is left alone', async () => {
  const example = {
    metadata: { creationTimestamp: '2026-03-02T11:59:00Z' },
    state: waiting('ContainerCreating'),
    events: [{ reason: 'Pulling', message: `Pulling image "${IMAGE}"`, count: 1 }],
  };
  const diagnosis = await overlay(besideReadyPod(example));
  expect(rulesOf(diagnosis)).not.toContain('pod-image-pull');
  expect(diagnosis.verdict).toBe('healthy');
});

test('tells since when the Pod is out of service', async () => {
  const diagnosis = await overlay(onlyPod({ state: waiting('ErrImagePull', 'not found') }));
  expect(findingOf(diagnosis, 'pod-image-pull').since).toBe('2026-03-02T11:01:00Z');
});
