import type { Pod } from '../../src/kubernetes/pod-types.ts';
import { declaredPorts, resolveTargetPort, targetPortOf } from '../../src/kubernetes/ports.ts';

const pod: Pod = {
  spec: {
    containers: [
      {
        name: 'app',
        ports: [
          { name: 'http', containerPort: 8080 },
          { name: 'dns', containerPort: 53, protocol: 'UDP' },
        ],
      },
    ],
    initContainers: [
      { name: 'setup', ports: [{ name: 'setup', containerPort: 1 }] },
      { name: 'proxy', restartPolicy: 'Always', ports: [{ name: 'mesh', containerPort: 15006 }] },
    ],
  },
};

test('declared ports include those of sidecars, not those of init containers that end', () => {
  expect(declaredPorts(pod.spec).map(({ name }) => name)).toEqual(['http', 'dns', 'mesh']);
});

test('a targetPort that is absent is the port itself', () => {
  expect(targetPortOf({ port: 80 })).toBe(80);
  expect(resolveTargetPort(pod, { port: 80 })).toBe(80);
});

test('a number needs no declaration, a name needs one of the same protocol', () => {
  expect(resolveTargetPort(pod, { port: 80, targetPort: 3000 })).toBe(3000);
  expect(resolveTargetPort(pod, { port: 80, targetPort: 'http' })).toBe(8080);
  expect(resolveTargetPort(pod, { port: 80, targetPort: 'mesh' })).toBe(15006);
  expect(resolveTargetPort(pod, { port: 53, targetPort: 'dns' })).toBeUndefined();
  expect(resolveTargetPort(pod, { port: 53, targetPort: 'dns', protocol: 'UDP' })).toBe(53);
  expect(resolveTargetPort(pod, { port: 80, targetPort: 'setup' })).toBeUndefined();
});
