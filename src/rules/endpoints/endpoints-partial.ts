import { kubectl } from '../../kubernetes/command.ts';
import { sliceOfPods } from '../../kubernetes/derived-slice.ts';
import { countEndpoints, endpointsOf } from '../../kubernetes/endpoints.ts';
import { isPodReady, isPodStarting, makerOf } from '../../kubernetes/pod.ts';
import type { EndpointSlice, Service } from '../../kubernetes/types.ts';
import type { Workload } from '../../kubernetes/workload-types.ts';
import { isSameReference, type ObjectReference, referenceTo } from '../../model/reference.ts';
import type { BackendTrace, IngressTrace, PodTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import {
  type BackendEndpoints,
  backendEndpoints,
  showCount,
  sliceEvidence,
} from '../shared/backend-endpoints.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { isJobPod, livePods } from '../shared/service-pods.ts';

export const endpointsPartial = defineRule({
  code: 'GD2203',
  name: 'endpoints-partial',
  title: 'some endpoints of the Service are not ready',
  hop: 'endpoints',
  severity: 'medium',
  confidence: 'certain',
  symptom: 'reduced-capacity',
  explains: [],
  visits: 'service',
  needs: ['pods'],
  uses: ['slices', 'workloads'],

  *check({ now, trace, backend, service, slices, pods, workloads }) {
    const endpoints = usedEndpoints(trace, backend, service, slices, pods);
    if (endpoints === undefined || endpoints.used.length === 0) return;

    const unready = livePods(pods).filter(
      (each) => !isJobPod(each) && !isPodReady(each.pod) && !isPodStarting(each.pod, now),
    );
    const usedTargets = new Set(endpoints.used.map(({ targetRef }) => targetRef?.name));
    // Where publishNotReadyAddresses is set they get requests all the same; that is another rule's matter.
    const missing = unready.filter(({ reference }) => !usedTargets.has(reference.name));
    const manual = endpoints.forPort.filter(
      ({ ready, terminating, targetRef }) => !ready && !terminating && targetRef === undefined,
    );
    if (missing.length === 0 && manual.length === 0) {
      if (slices === undefined) yield { cannotTell: 'slices' };
      return;
    }
    // How many Pods are wanted, the workloads alone tell: without them a stuck rollout looks like a loss.
    if (workloads === undefined && manual.length === 0 && !missing.some((each) => isWanted(each, pods))) {
      yield { cannotTell: 'workloads' };
      return;
    }

    const object = referenceTo(service);
    const { ready } = countEndpoints(endpoints.used);
    // A rollout that is stuck beside enough old Pods takes nothing away.
    const hasEnough = manual.length === 0 && hasWantedPods(workloads ?? [], pods);
    const out = missing.length + manual.length;
    const inUse = { object, source: 'endpoints in use', value: showCount(countEndpoints(endpoints.used)) };
    const states = missing
      .slice(0, 3)
      .map(({ reference }) => fieldEvidence(reference, 'status.conditions[Ready].status', 'False'));
    yield {
      object,
      message: `${out} of ${ready + out} Pods behind it are not ready`,
      evidence:
        slices === undefined ? [inUse, ...states] : [...sliceEvidence(service, slices), ...states, inUse],
      fix: {
        summary: 'see why these Pods are not ready',
        commands: [
          ...missing.slice(0, 1).map(({ reference: { namespace, name } }) => ({
            run: kubectl(namespace, 'describe', 'pod', name),
            effect: 'looks' as const,
          })),
          { run: kubectl(object.namespace, 'get', 'pods', '-o', 'wide'), effect: 'looks' },
        ],
      },
      ...(hasEnough ? { severity: 'low', symptom: null } : {}),
    };
  },
});

/** By the slices; where they cannot be read, by the Pods alone. */
function usedEndpoints(
  trace: IngressTrace,
  backend: BackendTrace,
  service: Service,
  slices: readonly EndpointSlice[] | undefined,
  pods: readonly PodTrace[],
): Pick<BackendEndpoints, 'forPort' | 'used'> | undefined {
  if (slices !== undefined) return backendEndpoints(trace, backend, service, slices);
  const derived = sliceOfPods(
    service,
    pods.map(({ pod }) => pod),
  );
  if (derived === undefined) return undefined;
  return { forPort: [], used: endpointsOf([derived]).filter(({ ready }) => ready) };
}

/** Whether nothing supersedes the Pod: it is on its own, or its owner (one ReplicaSet, say) has ready Pods besides. */
function isWanted({ pod }: PodTrace, pods: readonly PodTrace[]): boolean {
  const owner = makerOf(pod);
  return owner === undefined || pods.some((other) => isPodReady(other.pod) && makerOf(other.pod) === owner);
}

/** Whether every workload behind the Service has as many ready Pods as it wants; the Pods themselves are counted. */
function hasWantedPods(
  workloads: readonly { readonly workload: Workload; readonly reference: ObjectReference }[],
  pods: readonly PodTrace[],
): boolean {
  if (workloads.length === 0) return false;
  return workloads.every(({ workload: { kind, spec, status }, reference }) => {
    const ready = pods.filter(
      ({ pod, owner }) => isPodReady(pod) && owner !== undefined && isSameReference(owner, reference),
    );
    const wanted = kind === 'DaemonSet' ? status?.desiredNumberScheduled : (spec?.replicas ?? 1);
    return ready.length >= (wanted ?? 0);
  });
}
