import { type CrashKind, podCrashes } from '../../src/kubernetes/crash.ts';
import type { Container, ContainerStatus, Pod } from '../../src/kubernetes/pod-types.ts';
import type { Event } from '../../src/kubernetes/types.ts';

const NOW = new Date('2026-03-02T12:00:00Z');
const LAST_RUN = { startedAt: '2026-03-02T11:58:00Z', finishedAt: '2026-03-02T11:59:00Z' };

function pod(status: ContainerStatus, spec: Container = {}, rest: Pod = {}): Pod {
  return {
    spec: { containers: [{ name: 'app', ...spec }] },
    status: { phase: 'Running', containerStatuses: [{ name: 'app', ready: false, ...status }] },
    ...rest,
  };
}

const backOff = (exitCode: number, reason = 'Error'): ContainerStatus => ({
  restartCount: 4,
  state: { waiting: { reason: 'CrashLoopBackOff' } },
  lastState: { terminated: { exitCode, reason, ...LAST_RUN } },
});

function kindsOf(example: Pod, events: readonly Event[] = []): readonly CrashKind[] {
  return podCrashes(example, events, NOW).map(({ kind }) => kind);
}

const KILLING: Event = {
  reason: 'Killing',
  message: 'Container app failed liveness probe, will be restarted',
  lastTimestamp: '2026-03-02T11:58:50Z',
};

test.each<[CrashKind, ContainerStatus]>([
  ['out of memory', backOff(137, 'OOMKilled')],
  ['cannot start', backOff(127)],
  ['cannot start', { state: { waiting: { reason: 'RunContainerError' } } }],
  ['cannot start', backOff(1, 'ContainerCannotRun')],
  ['exits with 0', backOff(0, 'Completed')],
  ['killed', backOff(137)],
  ['stopped', backOff(143)],
  ['ended by a signal', backOff(139)],
  ['ended by a signal', backOff(132)],
  ['exits with an error', backOff(1)],
  ['exits with an error', { state: { terminated: { exitCode: 3 } } }],
])('%s', (kind, status) => {
  expect(kindsOf(pod(status))).toEqual([kind]);
});

test('memory comes before probes, probes before exit codes', () => {
  const probed = { livenessProbe: {}, startupProbe: {} };
  expect(kindsOf(pod(backOff(137, 'OOMKilled'), probed), [KILLING])).toEqual(['out of memory']);
  expect(kindsOf(pod(backOff(0), probed), [KILLING])).toEqual(['liveness probe']);
  const startup = { ...KILLING, message: 'Container app failed startup probe, will be restarted' };
  expect(kindsOf(pod(backOff(137), probed), [startup])).toEqual(['startup probe']);
});

test('events about another container do not count', () => {
  const other = { ...KILLING, involvedObject: { fieldPath: 'spec.containers{proxy}' } };
  expect(kindsOf(pod(backOff(137), { livenessProbe: {} }), [other])).toEqual(['killed']);
});

test('fewer failures than the threshold kill nothing', () => {
  const failing = (count: number) => [{ reason: 'Unhealthy', message: 'Liveness probe failed: EOF', count }];
  expect(kindsOf(pod(backOff(143), { livenessProbe: {} }), failing(2))).toEqual(['stopped']);
  expect(kindsOf(pod(backOff(143), { livenessProbe: {} }), failing(3))).toEqual(['liveness probe']);
});

test.each<[string, Pod]>([
  [
    'is up after one restart',
    pod({
      ready: true,
      restartCount: 1,
      state: { running: {} },
      lastState: { terminated: { exitCode: 1, ...LAST_RUN } },
    }),
  ],
  [
    'restarted days ago',
    pod({
      restartCount: 9,
      state: { running: {} },
      lastState: { terminated: { exitCode: 1, finishedAt: '2026-02-20T00:00:00Z' } },
    }),
  ],
  ['is being deleted', pod(backOff(1), {}, { metadata: { deletionTimestamp: '2026-03-02T11:59:00Z' } })],
  ['has no status', { spec: { containers: [{ name: 'app' }] } }],
  [
    'was evicted',
    pod({ state: { terminated: { exitCode: 137 } } }, {}, { status: { phase: 'Failed', reason: 'Evicted' } }),
  ],
])('a container that %s does not crash', (_state, example) => {
  expect(kindsOf(example)).toEqual([]);
});

test('a ready container that ended again a moment ago crashes', () => {
  const status = {
    ready: true,
    restartCount: 9,
    state: { running: {} },
    lastState: { terminated: { exitCode: 1, ...LAST_RUN } },
  };
  expect(podCrashes(pod(status), [], NOW)).toMatchObject([{ kind: 'exits with an error', isReadyNow: true }]);
});
