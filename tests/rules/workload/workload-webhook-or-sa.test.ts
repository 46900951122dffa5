import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { deployment, refused } from '../workloads.ts';

test.each([
  ['error looking up service account shop/web: serviceaccount "web" not found', 'ServiceAccount `web`'],
  ['no PriorityClass with name urgent was found', 'PriorityClass `urgent`'],
  [
    'Internal error occurred: failed calling webhook "inject.example.com": Post "https://inject.mesh": dial tcp: connect: connection refused',
    '`inject.example.com` cannot be called',
  ],
  [
    'admission webhook "policy.example.com" denied the request: no latest tag',
    '`policy.example.com` refuses',
  ],
])('%s', async (text, words) => {
  const diagnosis = await overlay(deployment({ replicaSet: refused(`pods "x" is forbidden: ${text}`) }));
  expect(rootOf(diagnosis)).toBe('workload-webhook-or-sa');
  expect(findingOf(diagnosis, 'workload-webhook-or-sa').message).toContain(words);
});

test('Pod Security is another fault', async () => {
  const message =
    'pods "x" is forbidden: violates PodSecurity "baseline:latest": privileged (container "app")';
  const diagnosis = await overlay(deployment({ replicaSet: refused(message) }));
  expect(rulesOf(diagnosis)).not.toContain('workload-webhook-or-sa');
});
