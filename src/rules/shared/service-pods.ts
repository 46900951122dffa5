import { nearest } from '../../kubernetes/nearest.ts';
import { isPodLive, isPodReady, podContainers } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import { type DeclaredPort, declaredPorts } from '../../kubernetes/ports.ts';
import { probePort } from '../../kubernetes/probe.ts';
import type { IntOrString } from '../../kubernetes/types.ts';
import { showReference } from '../../model/reference.ts';
import type { PodTrace } from '../../model/trace.ts';

/** The Pods that are there to stay: neither finished nor being deleted. */
export function livePods(pods: readonly PodTrace[]): readonly PodTrace[] {
  return pods.filter(({ pod }) => isPodLive(pod));
}

/** The live Pods that are Ready: those that get requests. */
export function readyPods(pods: readonly PodTrace[]): readonly PodTrace[] {
  return livePods(pods).filter(({ pod }) => isPodReady(pod));
}

/** Names what the Pod belongs to: its workload, the owner that it names, or itself. */
export function ownerKey({ pod, owner, reference }: PodTrace): string {
  if (owner !== undefined) return showReference(owner);
  const named = pod.metadata?.ownerReferences?.find(({ controller }) => controller === true);
  return named === undefined ? showReference(reference) : `${named.kind ?? ''} ${named.name ?? ''}`;
}

/** Whether a Job made the Pod; it does work instead of taking requests. */
export function isJobPod({ pod, owner }: PodTrace): boolean {
  const kinds = [owner?.kind, ...(pod.metadata?.ownerReferences ?? []).map(({ kind }) => kind)];
  return kinds.some((kind) => kind === 'Job' || kind === 'CronJob');
}

/** Whether a readiness, liveness or startup probe of the Pod connects to that port. */
export function isProbed(pod: Pod, port: number): boolean {
  return podContainers(pod).some(({ role, spec }) => {
    const probes = [spec.readinessProbe, spec.livenessProbe, spec.startupProbe];
    return role !== 'init' && probes.some((probe) => probe !== undefined && probePort(probe, spec) === port);
  });
}

/** Whether the port is there for others than users, by its name. */
export function isAuxiliaryPort({ name }: Pick<DeclaredPort, 'name'>): boolean {
  return /metric|prom|health|probe|admin|debug|monitor|jmx|pprof|manage/i.test(name);
}

/**
 * The port of the Pod that a wrong targetPort probably means: the declared one of a near name, else the only declared
 * one that is for users, else the only one that probes connect to. A name where the port has one.
 */
export function portMeant(wanted: IntOrString, pod: Pod, protocol: string): IntOrString | undefined {
  const declared = declaredPorts(pod.spec).filter((port) => port.protocol === protocol);
  const near = nearest(
    `${wanted}`,
    declared.flatMap(({ name }) => (name === '' ? [] : name)),
  );
  if (near !== undefined && typeof wanted === 'string') return near;
  const useful = declared.filter((port) => !isAuxiliaryPort(port));
  const [only] = useful;
  if (only !== undefined && useful.length === 1) return only.name === '' ? only.number : only.name;
  if (declared.length > 0) return undefined;
  const probed = new Set(podContainers(pod).flatMap(({ spec }) => probedPorts(spec)));
  const [first] = probed;
  return probed.size === 1 ? first : undefined;
}

function probedPorts(spec: Parameters<typeof probePort>[1]): readonly number[] {
  return [spec.readinessProbe, spec.livenessProbe, spec.startupProbe].flatMap((probe) =>
    probe === undefined ? [] : (probePort(probe, spec) ?? []),
  );
}
