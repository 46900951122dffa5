import { isPodReady, isPodStarting } from '../../kubernetes/pod.ts';
import { targetPortOf } from '../../kubernetes/ports.ts';
import type { IntOrString, Pod } from '../../kubernetes/types.ts';
import type { Severity } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
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

/** Whether a Pod without a Node is still to be waited for: it is young (a Node may be on its way) and others serve. */
export function mayYetBeScheduled(backend: BackendTrace, pod: Pod, now: Date): boolean {
  return isPodStarting(pod, now) && hasReadyPods(backend);
}

/** The targetPort, number or name, at which requests to the backend arrive in a Pod; undefined for a missing port. */
export function servedPort(backend: BackendTrace): IntOrString | undefined {
  return backend.port === undefined ? undefined : targetPortOf(backend.port.port);
}
