import type { Pod } from '../../src/kubernetes/pod-types.ts';
import { cpuShareOfRequests } from '../../src/kubernetes/usage.ts';

const pod: Pod = {
  spec: {
    containers: [
      { name: 'app', resources: { requests: { cpu: '200m' } } },
      { name: 'proxy', resources: { requests: { cpu: '0.3' } } },
      { name: 'logs' },
    ],
  },
};

test('what all containers use is held against what all request', () => {
  const containers = [
    { name: 'app', usage: { cpu: '240m' } },
    { name: 'logs', usage: { cpu: '10000000n' } },
  ];
  expect(cpuShareOfRequests(pod, { containers })).toBeCloseTo(0.5);
});

test('without requests, or without metrics, nothing can be told', () => {
  expect(cpuShareOfRequests({ spec: { containers: [{ name: 'app' }] } }, { containers: [] })).toBeUndefined();
  expect(cpuShareOfRequests(pod, undefined)).toBeUndefined();
});
