import { controllerVersion, isAtLeast } from '../../src/controllers/version.ts';

test.each([
  ['registry.k8s.io/ingress-nginx/controller:v1.14.0@sha256:abc', { major: 1, minor: 14 }],
  ['docker.io/bitnami/nginx-ingress-controller:1.12.1-debian-12-r3', { major: 1, minor: 12 }],
  ['rancher/nginx-ingress-controller:nginx-1.9.3-hardened1', { major: 1, minor: 9 }],
  ['registry:5000/ingress-nginx/controller@sha256:abc', undefined],
  ['registry:5000/ingress-nginx/controller:latest', undefined],
  ['registry:5000/ingress-nginx/controller', undefined],
])('%s', (image, version) => {
  expect(controllerVersion({ controlPlanes: [workload(image)] })).toEqual(version);
});

function workload(image: string) {
  return {
    kind: 'Deployment',
    spec: { template: { spec: { containers: [{ name: 'controller', image }] } } },
  };
}

test('releases are compared by their numbers', () => {
  expect(isAtLeast({ major: 1, minor: 12 }, 1, 9)).toBe(true);
  expect(isAtLeast({ major: 1, minor: 9 }, 1, 12)).toBe(false);
  expect(isAtLeast({ major: 2, minor: 0 }, 1, 12)).toBe(true);
});
