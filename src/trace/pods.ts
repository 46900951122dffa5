import { grouped, type KeysOf } from '../kubernetes/grouped.ts';
import type { Pod } from '../kubernetes/pod-types.ts';
import type { Event, KubeObject } from '../kubernetes/types.ts';
import { mapRead, type Read, valueOr } from '../model/read.ts';
import { type ObjectReference, reference, referenceTo } from '../model/reference.ts';
import type { NamespaceTrace, PodTrace } from '../model/trace.ts';
import { traceLogs } from './logs.ts';
import type { Lookup } from './lookup.ts';

/** Lines from the end that are read of a ready Pod: enough to see an error that it has all the time. */
const HEALTHY_LINES = 60;

/** The Pods behind a Service, each with what tells of its state; `healthyLogs` ready ones with the end of their logs. */
export function tracePods(
  lookup: Lookup,
  scope: NamespaceTrace,
  pods: readonly Pod[],
  healthyLogs: number,
): readonly PodTrace[] {
  if (pods.length === 0) return [];
  const metrics = lookup.list('PodMetrics', { namespace: scope.name });
  const logs = traceLogs(lookup, pods, { healthy: healthyLogs, lines: HEALTHY_LINES });
  return pods.map((pod) => {
    const name = pod.metadata?.name ?? '';
    const owner = ownerOf(lookup, pod);
    return {
      pod,
      reference: referenceTo(pod),
      ...(owner !== undefined && { owner }),
      events: readEventsAbout(scope.events, 'Pod', [name]),
      logs: mapRead(logs, (list) => list.filter((log) => log.pod === name)),
      metrics: mapRead(metrics, (list) => named(list, name)),
      ...(pod.spec?.nodeName !== undefined && { node: nodeOf(lookup, pod.spec.nodeName) }),
    };
  });
}

/** The workload at the top: the Deployment of a ReplicaSet, or the controlling owner itself. */
export function ownerOf(lookup: Lookup, pod: Pod): ObjectReference | undefined {
  const namespace = pod.metadata?.namespace;
  const owner = pod.metadata?.ownerReferences?.find(({ controller }) => controller === true);
  if (owner?.name === undefined || owner.kind === undefined) return undefined;
  if (owner.kind !== 'ReplicaSet') return reference(owner.kind, namespace, owner.name);
  const replicaSets = valueOr(lookup.list('ReplicaSet', { namespace: namespace ?? '' }), []);
  const replicaSet = named(replicaSets, owner.name);
  const top = replicaSet?.metadata?.ownerReferences?.find(({ controller }) => controller === true);
  return reference(top?.kind ?? 'ReplicaSet', namespace, top?.name ?? owner.name);
}

function nodeOf(lookup: Lookup, name: string): NonNullable<PodTrace['node']> {
  return mapRead(lookup.list('Node', {}), (nodes) => named(nodes, name));
}

/** The object of that name in a list of one kind and namespace. */
export function named<T extends KubeObject>(list: readonly T[], name: string): T | undefined {
  return grouped<KubeObject>(list, ownName).get(name)?.[0] as T | undefined;
}

const ownName: KeysOf<KubeObject> = ({ metadata }) => [metadata?.name ?? ''];

const eventSubject: KeysOf<Event> = ({ involvedObject }) => [
  `${involvedObject?.kind ?? ''} ${involvedObject?.name ?? ''}`,
];

/** Events about objects of a kind; names are enough, since all are of one namespace. */
export function readEventsAbout(
  events: Read<readonly Event[]>,
  kind: string,
  names: readonly string[],
): Read<readonly Event[]> {
  return mapRead(events, (list) =>
    names.flatMap((name) => grouped(list, eventSubject).get(`${kind} ${name}`) ?? []),
  );
}
