import { type App, type PlainContainer, webContainer } from './definitions.ts';
import { addressOf, hashOf, suffix } from './names.ts';
import { ago, DAY, type PlainObject } from './objects.ts';
import { pod } from './pod.ts';
import { isReady, service } from './service.ts';

/** A workload with its ReplicaSets, Pods, Service and EndpointSlices, consistent with one another. */
export function app(definition: App): readonly PlainObject[] {
  const { kind = 'Deployment', namespace: space, name, revision = 3, rolledOut = 20 * DAY } = definition;
  const labels = definition.labels ?? { app: name };
  const containers = definition.containers ?? [webContainer(`${name}:1.8.2`)];
  const states = definition.pods ?? [{}, {}];
  const replicas = definition.replicas ?? states.length;
  const hash = (offset: number) => hashOf(`${space}/${name}/${revision - offset}`);
  const spec = (of: readonly PlainContainer[]) => ({
    ...(definition.initContainers !== undefined && { initContainers: definition.initContainers }),
    containers: of,
    ...definition.spec,
  });

  const sets =
    kind === 'Deployment' ? [containers, definition.previous?.containers ?? containers] : [containers];
  const podsOfSet = [states, definition.previous?.pods ?? []];
  const made = sets.map((of, offset) => {
    const set = `${name}-${hash(offset)}`;
    const owner =
      kind === 'Deployment'
        ? { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: set, controller: true }
        : { apiVersion: 'apps/v1', kind, name, controller: true };
    const podLabels = kind === 'Deployment' ? { ...labels, 'pod-template-hash': hash(offset) } : labels;
    const pods = (podsOfSet[offset] ?? []).map((state, index) =>
      pod({
        namespace: space,
        name:
          kind === 'StatefulSet'
            ? `${name}-${index}`
            : `${kind === 'Deployment' ? set : name}-${suffix(index)}`,
        labels: podLabels,
        owner,
        spec: spec(of),
        state: { ...(offset === 0 && revision > 1 && { age: rolledOut }), ...state },
        address: addressOf(`${space}/${name}/${offset}`, index),
        index: index + offset,
      }),
    );
    const ready = pods.filter(isReady).length;
    const replicaSet: PlainObject = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: set,
        namespace: space,
        labels: podLabels,
        annotations: { 'deployment.kubernetes.io/revision': String(revision - offset) },
        creationTimestamp: ago(rolledOut + offset * 9 * DAY),
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name, controller: true }],
      },
      spec: {
        replicas: offset === 0 ? replicas : pods.length,
        selector: { matchLabels: podLabels },
        template: { metadata: { labels: podLabels }, spec: spec(of) },
      },
      status: { replicas: pods.length, readyReplicas: ready, availableReplicas: ready },
    };
    return { pods, sets: kind === 'Deployment' ? [replicaSet] : [] };
  });
  const pods = made.flatMap((each) => each.pods);
  const ready = pods.filter(isReady).length;
  const workload: PlainObject = {
    apiVersion: 'apps/v1',
    kind,
    metadata: {
      name,
      namespace: space,
      labels,
      generation: revision,
      creationTimestamp: ago(90 * DAY),
      ...(kind === 'Deployment' && {
        annotations: { 'deployment.kubernetes.io/revision': String(revision) },
      }),
    },
    spec: {
      ...(kind !== 'DaemonSet' && { replicas }),
      ...(kind === 'Deployment' && { progressDeadlineSeconds: 600 }),
      ...(kind === 'StatefulSet' && {
        serviceName: definition.service === false ? name : (definition.service?.name ?? name),
      }),
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: spec(containers) },
    },
    status:
      kind === 'DaemonSet'
        ? {
            observedGeneration: revision,
            desiredNumberScheduled: pods.length,
            currentNumberScheduled: pods.length,
            numberReady: ready,
            numberAvailable: ready,
            updatedNumberScheduled: pods.length,
          }
        : {
            observedGeneration: revision,
            replicas: pods.length,
            readyReplicas: ready,
            availableReplicas: ready,
            updatedReplicas: made[0]?.pods.length ?? 0,
            ...(kind === 'Deployment' && {
              conditions: definition.conditions ?? [
                { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' },
                { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' },
              ],
            }),
          },
  };
  const shown = [workload, ...made.flatMap((each) => each.sets), ...pods];
  if (definition.service === false) return shown;
  return [...shown, ...service({ namespace: space, name, selector: labels, ...definition.service }, pods)];
}
