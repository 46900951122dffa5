import { findingOf, overlay, rootOf, rulesOf } from '../check.ts';
import { deployment, failedCreate } from '../workloads.ts';

const VIOLATES =
  'pods "x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "app" must set securityContext.allowPrivilegeEscalation=false), seccompProfile (pod must set securityContext.seccompProfile.type)';

test('names the level and the fields', async () => {
  const diagnosis = await overlay(deployment({}, failedCreate(VIOLATES)));
  expect(rootOf(diagnosis)).toBe('workload-podsecurity');
  const { message } = findingOf(diagnosis, 'workload-podsecurity');
  expect(message).toContain('`restricted`');
  expect(message).toContain('`allowPrivilegeEscalation != false`, `seccompProfile`');
});

test('an event of Pods that have been made since is over', async () => {
  const diagnosis = await overlay(deployment({ pods: true }, failedCreate(VIOLATES)));
  expect(rulesOf(diagnosis)).not.toContain('workload-podsecurity');
});
