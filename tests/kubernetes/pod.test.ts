import {
  isPodFinished,
  isPodReady,
  isPodStarting,
  isPodTerminating,
  lastTermination,
  podAddresses,
  podContainers,
  podStateWord,
  servingContainer,
} from '../../src/kubernetes/pod.ts';
import type { ContainerStatus, Pod } from '../../src/kubernetes/pod-types.ts';

const NOW = new Date('2026-03-02T12:00:00Z');

function pod(status: ContainerStatus, rest: Pod = {}): Pod {
  return {
    metadata: { name: 'web', creationTimestamp: '2026-03-02T11:59:00Z' },
    spec: { nodeName: 'node1', containers: [{ name: 'app', readinessProbe: { initialDelaySeconds: 30 } }] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'False' }],
      containerStatuses: [{ name: 'app', ...status }],
    },
    ...rest,
  };
}

const running = (startedAt: string): ContainerStatus => ({ ready: false, state: { running: { startedAt } } });

test('joins specs and statuses in the order of start, and tells sidecars', () => {
  const containers = podContainers({
    spec: {
      initContainers: [{ name: 'migrate' }, { name: 'proxy', restartPolicy: 'Always' }],
      containers: [{ name: 'app' }],
    },
    status: {
      containerStatuses: [{ name: 'app', ready: true }, { name: 'injected' }],
      initContainerStatuses: [{ name: 'proxy', ready: true }],
    },
  });
  expect(containers.map(({ name, role, status }) => [name, role, status?.ready])).toEqual([
    ['migrate', 'init', undefined],
    ['proxy', 'sidecar', true],
    ['app', 'app', true],
    ['injected', 'app', undefined],
  ]);
  expect(containers[1]).toMatchObject({
    specField: 'spec.initContainers[proxy]',
    statusField: 'status.initContainerStatuses[proxy]',
  });
  expect(podContainers({})).toEqual([]);
});

test('the Ready condition decides; without it all containers must be ready', () => {
  expect(isPodReady({ status: { conditions: [{ type: 'Ready', status: 'True' }] } })).toBe(true);
  expect(isPodReady({ status: { phase: 'Running', containerStatuses: [{ ready: true }] } })).toBe(true);
  expect(isPodReady({ status: { phase: 'Running', containerStatuses: [] } })).toBe(false);
  expect(
    isPodReady({
      status: { conditions: [{ type: 'Ready', status: 'False' }], containerStatuses: [{ ready: true }] },
    }),
  ).toBe(false);
});

test('ends are told apart', () => {
  expect(isPodTerminating({ metadata: { deletionTimestamp: '2026-03-02T12:00:00Z' } })).toBe(true);
  expect(isPodFinished({ status: { phase: 'Failed' } })).toBe(true);
  expect(isPodFinished({ status: { phase: 'Running' } })).toBe(false);
});

test.each<[string, Pod, boolean]>([
  ['within the time that its probe allows', pod(running('2026-03-02T11:59:10Z')), true],
  ['past it', pod(running('2026-03-02T11:58:00Z')), false],
  ['being created', pod({ ready: false, state: { waiting: { reason: 'ContainerCreating' } } }), true],
  [
    'being created for an hour',
    pod(
      { state: { waiting: { reason: 'ContainerCreating' } } },
      { metadata: { creationTimestamp: '2026-03-02T11:00:00Z' } },
    ),
    false,
  ],
  ['failing to pull', pod({ state: { waiting: { reason: 'ErrImagePull' } } }), false],
  ['restarted', pod({ ...running('2026-03-02T11:59:58Z'), restartCount: 1 }), false],
  [
    'being deleted',
    pod(running('2026-03-02T11:59:58Z'), { metadata: { deletionTimestamp: '2026-03-02T12:00:00Z' } }),
    false,
  ],
])('a Pod %s', (_state, example, isStarting) => {
  expect(isPodStarting(example, NOW)).toBe(isStarting);
});

test('the container that declares the targetPort serves, else the first', () => {
  const example: Pod = {
    spec: {
      containers: [{ name: 'agent' }, { name: 'app', ports: [{ name: 'http', containerPort: 8080 }] }],
    },
  };
  expect(servingContainer(example, 'http')?.name).toBe('app');
  expect(servingContainer(example, 8080)?.name).toBe('app');
  expect(servingContainer(example, 9999)?.name).toBe('agent');
  expect(servingContainer(example, undefined)?.name).toBe('agent');
  expect(servingContainer({}, 80)).toBeUndefined();
});

test('every address counts once', () => {
  expect(
    podAddresses({ status: { podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] } }),
  ).toEqual(['10.0.0.1', 'fd00::1']);
  expect(podAddresses({})).toEqual([]);
});

test('the last end is that of the present state, else of the run before', () => {
  const [ended, before] = [{ exitCode: 1 }, { exitCode: 2 }];
  expect(lastTermination({ state: { terminated: ended }, lastState: { terminated: before } })).toBe(ended);
  expect(lastTermination({ lastState: { terminated: before } })).toBe(before);
  expect(lastTermination(undefined)).toBeUndefined();
});

test.each<[string, Pod]>([
  ['Running', pod(running('2026-03-02T11:00:00Z'))],
  ['CrashLoopBackOff', pod({ state: { waiting: { reason: 'CrashLoopBackOff' } } })],
  ['Error', pod({ state: { terminated: { exitCode: 1, reason: 'Error' } } })],
  ['Terminating', pod({}, { metadata: { deletionTimestamp: '2026-03-02T12:00:00Z' } })],
  ['Evicted', { status: { phase: 'Failed', reason: 'Evicted' } }],
  [
    'Init:1/2',
    {
      spec: { initContainers: [{ name: 'a' }, { name: 'b' }], containers: [{ name: 'app' }] },
      status: {
        phase: 'Pending',
        initContainerStatuses: [
          { name: 'a', state: { terminated: { exitCode: 0 } } },
          { name: 'b', state: { running: {} } },
        ],
        containerStatuses: [{ name: 'app', state: { waiting: { reason: 'PodInitializing' } } }],
      },
    },
  ],
  [
    'Init:CrashLoopBackOff',
    {
      spec: { initContainers: [{ name: 'a' }] },
      status: { initContainerStatuses: [{ name: 'a', state: { waiting: { reason: 'CrashLoopBackOff' } } }] },
    },
  ],
])('one word for the state: %s', (word, example) => {
  expect(podStateWord(example)).toBe(word);
});
