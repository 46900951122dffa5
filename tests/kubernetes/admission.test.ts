import { concernsIngresses } from '../../src/kubernetes/admission.ts';

test.each([
  [['networking.k8s.io'], ['ingresses'], true],
  [['*'], ['*'], true],
  [['*'], ['*/*'], true],
  [['extensions'], ['ingresses'], true],
  [['networking.k8s.io'], ['networkpolicies'], false],
  [['apps'], ['*'], false],
  [[], [], false],
])('groups %j with resources %j: %s', (apiGroups, resources, expected) => {
  expect(concernsIngresses({ rules: [{ apiGroups, resources }] })).toBe(expected);
});
