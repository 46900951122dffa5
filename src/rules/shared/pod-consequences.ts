import { isPodReady, isPodStarting, isPodTerminating } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import { targetPortOf } from '../../kubernetes/ports.ts';
import type { IntOrString } from '../../kubernetes/types.ts';
import type { Report, Severity } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { isSameReference, type ObjectReference } from '../../model/reference.ts';
import type { BackendTrace } from '../../model/trace.ts';

/** Names of the rules whose findings follow from Pods that are not there or not ready. */
export const MISSING_POD_CONSEQUENCES = [
  'endpoints-none',
  'endpoints-all-not-ready',
  'endpoints-partial',
  'endpoints-terminating-only',
  'workload-progress-deadline',
  'publish-not-ready',
] as const;

/** Whether any Pod behind the Service is Ready. */
export function hasReadyPods(backend: BackendTrace): boolean {
  return valueOr(backend.pods, []).some(({ pod }) => isPodReady(pod));
}

/** What a Pod out of service weighs: it takes requests down only where no other Pod is ready. */
export function missingPodSeverity(backend: BackendTrace): Severity {
  return hasReadyPods(backend) ? 'medium' : 'critical';
}

/** Whether no other Pod is ready beside the one that is. */
function isOnlyReadyPod(backend: BackendTrace): boolean {
  return valueOr(backend.pods, []).filter(({ pod }) => isPodReady(pod)).length <= 1;
}

/**
 * What requests see of a Pod that is ready and crashes now and then. Each time those that it has, and those that come
 * before its endpoint is withdrawn, fail; while it is out the others serve, if there are any.
 */
export function crashingNowAndThen(backend: BackendTrace): Pick<Report, 'symptom' | 'partial'> {
  return { symptom: isOnlyReadyPod(backend) ? 'no-endpoints' : 'connection-refused', partial: true };
}

/** As {@link crashingNowAndThen}, of a Pod that runs on while its readiness probe fails: nothing that it has is cut off. */
export function unreadyNowAndThen(backend: BackendTrace): Pick<Report, 'symptom' | 'partial'> {
  return { symptom: isOnlyReadyPod(backend) ? 'no-endpoints' : 'reduced-capacity', partial: true };
}

/** Whether a Pod without a Node is still to be waited for: it is young (a Node may be on its way) and others serve. */
export function mayYetBeScheduled(backend: BackendTrace, pod: Pod, now: Date): boolean {
  return isPodStarting(pod, now) && hasReadyPods(backend);
}

/** Whether the owner has fewer ready Pods than it wants; without an owner that was read, whether none is ready. */
export function isShortOfPods(backend: BackendTrace, owner: ObjectReference | undefined): boolean {
  const trace = valueOr(backend.workloads, []).find(
    ({ reference }) => owner !== undefined && isSameReference(reference, owner),
  );
  const wanted = trace?.workload.spec?.replicas ?? trace?.workload.status?.desiredNumberScheduled;
  if (wanted === undefined) return !hasReadyPods(backend);
  const ready = valueOr(backend.pods, []).filter(
    (each) =>
      isPodReady(each.pod) &&
      !isPodTerminating(each.pod) &&
      each.owner !== undefined &&
      owner !== undefined &&
      isSameReference(each.owner, owner),
  );
  return ready.length < wanted;
}

/** The targetPort, number or name, at which requests to the backend arrive in a Pod; undefined for a missing port. */
export function servedPort(backend: BackendTrace): IntOrString | undefined {
  return backend.port === undefined ? undefined : targetPortOf(backend.port.port);
}
