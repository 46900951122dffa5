import { type PlainContainer, type PodState, running } from './definitions.ts';
import { ago, DAY, type PlainObject } from './objects.ts';

interface PodDefinition {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly owner: object;
  readonly spec: { readonly containers: readonly PlainContainer[]; readonly [field: string]: unknown };
  readonly state: PodState;
  readonly address: string;
  readonly index: number;
}

export function pod({
  namespace: space,
  name,
  labels,
  owner,
  spec,
  state,
  address,
  index,
}: PodDefinition): PlainObject {
  const { ready = true, age = 20 * DAY, phase = 'Running', terminatingFor, unschedulable } = state;
  const since = state.since ?? Math.max(age - 12, 0);
  const isFinished = phase === 'Succeeded' || phase === 'Failed';
  const isReady = ready && phase === 'Running';
  const where = 'node' in state ? state.node : `node${(index % 3) + 1}`;
  const conditions =
    unschedulable !== undefined
      ? [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: unschedulable,
            lastTransitionTime: ago(age),
          },
        ]
      : [
          { type: 'PodScheduled', status: 'True', lastTransitionTime: ago(age) },
          { type: 'Initialized', status: 'True', lastTransitionTime: ago(age) },
          ...(state.gates ?? []).map((gate) => ({ ...gate, lastTransitionTime: ago(since) })),
          ...['ContainersReady', 'Ready'].map((type) => ({
            type,
            status: isReady ? 'True' : 'False',
            lastTransitionTime: ago(since),
            ...(!isReady &&
              !isFinished && {
                reason: 'ContainersNotReady',
                message: `containers with unready status: [${spec.containers.map((container) => container.name).join(' ')}]`,
              }),
            ...(isFinished && { reason: phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed' }),
          })),
        ];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: space,
      labels,
      creationTimestamp: ago(age),
      ownerReferences: [owner],
      ...(terminatingFor !== undefined && {
        deletionTimestamp: ago(terminatingFor - 30),
        deletionGracePeriodSeconds: 30,
      }),
    },
    spec: {
      ...(unschedulable === undefined && { nodeName: where }),
      ...(state.gates !== undefined && {
        readinessGates: state.gates.map(({ type }) => ({ conditionType: type })),
      }),
      ...spec,
    },
    status: {
      phase: unschedulable === undefined ? phase : 'Pending',
      ...(state.reason !== undefined && { reason: state.reason }),
      ...(state.message !== undefined && { message: state.message }),
      conditions,
      ...(unschedulable === undefined && {
        hostIP: '192.0.2.11',
        podIP: address,
        podIPs: [{ ip: address }],
        startTime: ago(age),
        ...(state.initContainers !== undefined && { initContainerStatuses: state.initContainers }),
        containerStatuses:
          state.containers ??
          (state.reason === 'Evicted'
            ? []
            : spec.containers.map((container) => running(container, { since: Math.max(age - 5, 0), ready }))),
      }),
    },
  };
}
