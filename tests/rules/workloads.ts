import { toText } from './pods.ts';

/** Removes the Pods of base.yaml. */
export const WITHOUT_PODS = '# without: Pod shop/web-6b7f-aaaaa, Pod shop/web-6b7f-bbbbb\n';

/** Deployment shop/web and its ReplicaSet with changed fields; without `pods` no Pod is there and no endpoint. */
export function deployment(
  fields: {
    readonly spec?: object;
    readonly status?: object;
    readonly replicaSet?: object;
    readonly pods?: boolean;
  },
  ...others: readonly object[]
): string {
  const { spec, status, replicaSet, pods = false } = fields;
  const template = { metadata: { labels: { app: 'web' } } };
  const selector = { matchLabels: { app: 'web' } };
  const objects = [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { replicas: 2, selector, template, ...spec },
      status: pods ? { replicas: 2, updatedReplicas: 2, readyReplicas: 2, ...status } : { ...status },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: 'web-6b7f',
        namespace: 'shop',
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', controller: true }],
      },
      spec: { replicas: 2, selector, template },
      status: pods ? { replicas: 2, readyReplicas: 2 } : { replicas: 0, ...replicaSet },
    },
  ];
  if (pods) return toText([...objects, ...others]);
  const slice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'web-abcde', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'web' } },
    addressType: 'IPv4',
    endpoints: null,
    ports: null,
  };
  return `${WITHOUT_PODS}${toText([...objects, slice, ...others])}`;
}

/** A ReplicaSet status whose Pods are refused with that message. */
export function refused(message: string): object {
  return { conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message }] };
}

/** The event of a ReplicaSet whose Pods are refused. */
export function failedCreate(message: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'web-6b7f.1', namespace: 'shop' },
    type: 'Warning',
    reason: 'FailedCreate',
    message: `Error creating: ${message}`,
    count: 14,
    lastTimestamp: '2026-03-02T11:58:00Z',
    involvedObject: { kind: 'ReplicaSet', namespace: 'shop', name: 'web-6b7f' },
  };
}
