import { isPodReady, isPodStarting } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { Workload } from '../../kubernetes/workload-types.ts';
import type { Report } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { ControllerInstance, IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import {
  controllerCommands,
  controlPlanesOnly,
  downSince,
  hasStandIn,
  isDown,
  isScaledToZero,
  livingPods,
  podsEvidence,
} from '../shared/controller-pods.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const controllerNotReady = defineRule({
  code: 'GD0107',
  name: 'controller-not-ready',
  title: 'no Pod of the ingress controller is ready',
  hop: 'class',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'controller-down',
  explains: ['ingress-status-empty', 'admission-webhook-unreachable'],
  visits: 'controller',
  needs: ['pods'],
  uses: ['controlPods'],

  *check({ now, trace, instance, pods, controlPods }) {
    if (isDown(instance.proxies, pods)) yield proxiesDown(trace, instance, pods, now);
    else yield* someUnready(instance, pods, now);
    const controls = controlPlanesOnly(instance);
    if (controlPods !== undefined && isDown(controls, controlPods)) {
      yield* controlPlaneDown(trace, controls, controlPods, now);
    }
  },
});

function proxiesDown(
  trace: IngressTrace,
  instance: ControllerInstance,
  pods: readonly Pod[],
  now: Date,
): Report {
  const workload = firstDown(instance.proxies);
  const alive = livingPods(pods);
  const isStarting = alive.length > 0 && alive.every((pod) => isPodStarting(pod, now));
  const isReplaced = hasStandIn(trace, instance);
  return {
    ...aboutWorkload(workload, instance.proxies, pods),
    message: isScaledToZero(workload)
      ? 'the controller is scaled to 0 replicas: nothing takes requests'
      : `no Pod of the controller is ready${isStarting ? ' yet: all are starting' : ': nothing takes requests'}`,
    ...(isStarting && ({ severity: 'high', confidence: 'likely' } as const)),
    // Requests go to the other installation where the address leads there, which cannot be told from here.
    ...(isReplaced && ({ severity: 'medium', symptom: null } as const)),
    ...downSince(pods),
  };
}

function* someUnready({ proxies }: ControllerInstance, pods: readonly Pod[], now: Date): Iterable<Report> {
  const unready = livingPods(pods).filter((pod) => !isPodReady(pod) && !isPodStarting(pod, now));
  const [workload] = proxies;
  if (unready.length === 0 || workload === undefined) return;
  yield {
    ...aboutWorkload(workload, proxies, unready),
    message: `${unready.length} of ${livingPods(pods).length} Pods of the controller are not ready; the others take requests`,
    severity: 'low',
    symptom: null,
  };
}

function* controlPlaneDown(
  { controller }: IngressTrace,
  controls: readonly Workload[],
  pods: readonly Pod[],
  now: Date,
): Iterable<Report> {
  const alive = livingPods(pods);
  if (alive.length > 0 && alive.every((pod) => isPodStarting(pod, now))) return;
  const proxy = controller.profile.isManaged ? 'the load balancer' : 'the proxy';
  yield {
    ...aboutWorkload(firstDown(controls), controls, pods),
    message: `the control plane has no ready Pod: ${proxy} goes on with its last configuration, and changes wait`,
    severity: 'medium',
    symptom: null,
    ...downSince(pods),
  };
}

function firstDown(workloads: readonly Workload[]): Workload {
  return workloads.find(isScaledToZero) ?? workloads[0] ?? {};
}

function aboutWorkload(
  workload: Workload,
  workloads: readonly Workload[],
  pods: readonly Pod[],
): Pick<Report, 'object' | 'evidence' | 'fix'> {
  const object = referenceTo(workload);
  const [first, ...others] = podsEvidence(workloads, pods);
  return {
    object,
    evidence: [
      first ?? fieldEvidence(object, 'status.readyReplicas', workload.status?.readyReplicas),
      ...others,
    ],
    fix: {
      summary: isScaledToZero(workload)
        ? 'scale it up'
        : "see why the controller's Pods are not ready, and mend that",
      commands: controllerCommands(object, workload),
    },
  };
}
