import { secondsSince, showDuration, timeOf } from '../kubernetes/duration.ts';
import type { KubeObject } from '../kubernetes/types.ts';
import type { Workload } from '../kubernetes/workload-types.ts';
import { valueOr } from '../model/read.ts';
import { isSameReference, type ObjectReference, referenceTo, showReference } from '../model/reference.ts';
import type { IngressTrace, WorkloadTrace } from '../model/trace.ts';
import { revisionOf } from '../trace/workloads.ts';
import type { RawFinding } from './run.ts';

/** Seconds before the trouble (or before now) within which a change is worth naming. */
const SHORTLY = 3600;
/** As SHORTLY, where it is not known since when the trouble lasts. */
const LATELY = 24 * 3600;

/**
 * What changed shortly before a finding's state began: the rollout of the workload at fault,
 * or the last change of the object at fault itself. Undefined when the objects tell of none.
 */
export function changeBefore(trace: IngressTrace, finding: RawFinding, now: Date): string | undefined {
  return rolloutBefore(trace, finding, now) ?? editBefore(trace, finding, now);
}

function rolloutBefore(trace: IngressTrace, finding: RawFinding, now: Date): string | undefined {
  const workload = workloadBehind(trace, finding);
  const [newest, previous] = workload === undefined ? [] : valueOr(workload.replicaSets, []);
  if (newest === undefined || previous === undefined || !isOfReplicaSet(trace, finding, newest))
    return undefined;
  const gap = gapBefore(newest.metadata?.creationTimestamp, finding.since, now);
  if (gap === undefined) return undefined;
  const images = changedImages(previous, newest).join(', ');
  const what = images === '' ? 'same images' : images;
  return `rollout ${revisionOf(previous)} → ${revisionOf(newest)}${gap} (${what})`;
}

function workloadBehind(trace: IngressTrace, { object, owner }: RawFinding): WorkloadTrace | undefined {
  return trace.backends
    .flatMap(({ workloads }) => valueOr(workloads, []))
    .find(({ reference }) => isSameReference(reference, object) || showReference(reference) === owner);
}

/** A Pod of an older ReplicaSet is not what the newest rollout brought. */
function isOfReplicaSet(trace: IngressTrace, { object }: RawFinding, replicaSet: Workload): boolean {
  if (object.kind !== 'Pod') return true;
  return trace.backends
    .flatMap(({ pods }) => valueOr(pods, []))
    .filter(({ reference }) => isSameReference(reference, object))
    .some(({ pod }) =>
      (pod.metadata?.ownerReferences ?? []).some(({ name }) => name === replicaSet.metadata?.name),
    );
}

/** `image api:2.3.1 → api:2.4.0` for each container whose image differs. */
function changedImages(previous: Workload, newest: Workload): readonly string[] {
  const before = previous.spec?.template?.spec?.containers ?? [];
  return (newest.spec?.template?.spec?.containers ?? []).flatMap(({ name, image }) => {
    const old = before.find((container) => container.name === name)?.image;
    return old === undefined || image === undefined || old === image
      ? []
      : [`image ${shortImage(old)} → ${shortImage(image)}`];
  });
}

/** The image without its registry and path: the part that tells versions apart. */
function shortImage(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1);
}

function editBefore(trace: IngressTrace, { object, since }: RawFinding, now: Date): string | undefined {
  const edited = objectNamed(trace, object);
  const edits = (edited?.metadata?.managedFields ?? [])
    .filter(({ subresource }) => subresource !== 'status')
    .sort((a, b) => (timeOf(b.time)?.getTime() ?? 0) - (timeOf(a.time)?.getTime() ?? 0));
  const [last] = edits;
  const created = edited?.metadata?.creationTimestamp;
  if (last?.time === undefined || last.manager === undefined) {
    const gap = gapBefore(created, since, now);
    return gap === undefined ? undefined : `${showReference(object)} created at ${created}${gap}`;
  }
  const gap = gapBefore(last.time, since, now);
  if (gap === undefined) return undefined;
  const verb = last.time === created ? 'created' : 'changed';
  return `${showReference(object)} ${verb} by ${last.manager} at ${last.time}${gap}`;
}

function objectNamed(trace: IngressTrace, object: ObjectReference): KubeObject | undefined {
  if (isSameReference(trace.reference, object)) return trace.ingress;
  if (object.kind === 'NetworkPolicy') {
    return trace.backends
      .flatMap(({ scope }) => valueOr(scope.policies, []))
      .find((policy) => isSameReference(referenceTo(policy), object));
  }
  if (object.kind !== 'Service') return undefined;
  return trace.backends
    .map(({ service }) => valueOr(service, undefined))
    .find((service) => service?.metadata?.name === object.name);
}

/** `, 40s before` when the change came shortly before the trouble; empty where only now is known; else undefined. */
function gapBefore(changed: string | undefined, since: string | undefined, now: Date): string | undefined {
  const begun = timeOf(since);
  const seconds = secondsSince(changed, begun ?? now);
  if (seconds === undefined || seconds < 0) return undefined;
  if (begun === undefined) return seconds <= LATELY ? '' : undefined;
  return seconds <= SHORTLY ? `, ${showDuration(seconds)} before` : undefined;
}
