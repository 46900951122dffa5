import { grouped, type KeysOf } from '../kubernetes/grouped.ts';
import type { Pod } from '../kubernetes/pod-types.ts';
import { matchesLabels } from '../kubernetes/selector.ts';
import type { Service } from '../kubernetes/types.ts';
import type { HorizontalPodAutoscaler, Workload } from '../kubernetes/workload-types.ts';
import { found, mapRead, type Read, valueOr } from '../model/read.ts';
import { type ObjectReference, referenceTo, showReference } from '../model/reference.ts';
import type { NamespaceTrace, WorkloadTrace } from '../model/trace.ts';
import { isPending, type Lookup } from './lookup.ts';
import { ownerOf, readEventsAbout } from './pods.ts';
import { traceScalers } from './scalers.ts';

/**
 * The workloads behind a Service: those that own its Pods, and those whose template its selector matches
 * (a workload without Pods is found by that alone).
 */
export function traceWorkloads(
  lookup: Lookup,
  scope: NamespaceTrace,
  service: Read<Service | undefined>,
  pods: Read<readonly Pod[]>,
  isShort: boolean,
): Read<readonly WorkloadTrace[]> {
  if (!service.ok) return service;
  const selector = service.value?.spec?.selector ?? {};
  if (Object.keys(selector).length === 0) return found([]);
  const owners = valueOr(pods, []).flatMap((pod) => ownerOf(lookup, pod) ?? []);
  const behind = (list: readonly Workload[]) => [
    ...new Set([
      ...templatesWith(list, selector).filter(({ spec }) =>
        matchesLabels(selector, spec?.template?.metadata?.labels),
      ),
      ...owners.flatMap((owner) => grouped(list, ownReference).get(showReference(owner)) ?? []),
    ]),
  ];
  const all = mapRead(withOwners(lookup, scope, owners), behind);
  // Without the ReplicaSets nobody knows which workload a Pod belongs to.
  const isAttributable = owners.length === 0 || lookup.list('ReplicaSet', { namespace: scope.name }).ok;
  const isPartlyRead = !all.ok && !isPending(all) && isAttributable;
  const readable = isPartlyRead ? behind(readableWorkloads(lookup, scope.name)) : [];
  // Of a kind that can be read, those that are behind the Service are known whatever the other kinds hold.
  const workloads = readable.length > 0 ? found(readable) : all;
  const scalers = traceScalers(lookup, scope.name, pods, scope.events, isShort);
  return mapRead(workloads, (list) =>
    list.map((workload) => traceWorkload(lookup, scope, workload, scalers)),
  );
}

/** Those of the kinds that can be read, where some cannot. */
function readableWorkloads(lookup: Lookup, namespace: string): readonly Workload[] {
  const kinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;
  return kinds.flatMap((kind) => valueOr(lookup.list(kind, { namespace }), []));
}

/** Workloads whose template has the first label that the selector asks for. */
function templatesWith(
  list: readonly Workload[],
  selector: Readonly<Record<string, string>>,
): readonly Workload[] {
  const [[key, value] = ['', '']] = Object.entries(selector);
  return grouped(list, templateLabels).get(`${key}=${value}`) ?? [];
}

const templateLabels: KeysOf<Workload> = ({ spec }) =>
  Object.entries(spec?.template?.metadata?.labels ?? {}).map(([key, value]) => `${key}=${value}`);

const ownReference: KeysOf<Workload> = (workload) => [showReference(referenceTo(workload))];

const ownerReferences: KeysOf<Workload> = ({ metadata }) =>
  (metadata?.ownerReferences ?? []).map(({ kind, name }) => `${kind} ${name}`);

/** The namespace's workloads, with the kinds that only Pods' owners told of. */
function withOwners(
  lookup: Lookup,
  scope: NamespaceTrace,
  owners: readonly ObjectReference[],
): Read<readonly Workload[]> {
  if (!scope.workloads.ok) return scope.workloads;
  const known = scope.workloads.value;
  const extra: Workload[] = [];
  for (const kind of ['StatefulSet', 'DaemonSet'] as const) {
    if (!owners.some((owner) => owner.kind === kind) || known.some((workload) => workload.kind === kind))
      continue;
    const list = lookup.list(kind, { namespace: scope.name });
    if (!list.ok) return list;
    extra.push(...list.value);
  }
  return extra.length === 0 ? scope.workloads : found([...known, ...extra]);
}

function traceWorkload(
  lookup: Lookup,
  scope: NamespaceTrace,
  workload: Workload,
  scalers: Read<readonly HorizontalPodAutoscaler[]>,
): WorkloadTrace {
  const self = referenceTo(workload);
  const replicaSets =
    workload.kind === 'Deployment'
      ? mapRead(lookup.list('ReplicaSet', { namespace: scope.name }), (list) =>
          [...(grouped(list, ownerReferences).get(`${self.kind} ${self.name}`) ?? [])].sort(byRevision),
        )
      : found([]);
  const sets = valueOr(replicaSets, []).map(({ metadata }) => metadata?.name ?? '');
  const own = readEventsAbout(scope.events, self.kind, [self.name]);
  return {
    workload,
    reference: self,
    replicaSets,
    events: mapRead(own, (events) => [
      ...events,
      ...valueOr(readEventsAbout(scope.events, 'ReplicaSet', sets), []),
    ]),
    hpas: mapRead(scalers, (list) =>
      list.filter(
        ({ spec }) => spec?.scaleTargetRef?.kind === self.kind && spec.scaleTargetRef.name === self.name,
      ),
    ),
  };
}

const REVISION = 'deployment.kubernetes.io/revision';

/** The Deployment's revision that a ReplicaSet stands for; 0 when not told. */
export function revisionOf(replicaSet: Workload): number {
  return Number(replicaSet.metadata?.annotations?.[REVISION] ?? 0);
}

/** Newest first. */
function byRevision(a: Workload, b: Workload): number {
  return revisionOf(b) - revisionOf(a);
}
