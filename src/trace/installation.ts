import type { ControllerProfile } from '../controllers/profile.ts';
import { settingsOf, withConfigMap } from '../controllers/settings.ts';
import { secondsSince } from '../kubernetes/duration.ts';
import { isPodReady } from '../kubernetes/pod.ts';
import type { Pod } from '../kubernetes/pod-types.ts';
import { matchesLabels } from '../kubernetes/selector.ts';
import type { LabelSelector, Service } from '../kubernetes/types.ts';
import type { Workload } from '../kubernetes/workload-types.ts';
import { found, joinReads, mapRead, type Read, valueOr } from '../model/read.ts';
import type { ControllerInstance } from '../model/trace.ts';
import { isWaiting, traceAddressPools, traceBalancerPods } from './balancers.ts';
import { traceLogs } from './logs.ts';
import { type Lookup, selectorText } from './lookup.ts';

/** Lines from the end of a controller's log: on a busy one they reach less far back than the time that was asked for. */
const CONTROLLER_LINES = 1000;

/** An installation before its Pods are looked at. */
export interface Candidate {
  readonly profile: ControllerProfile;
  readonly namespace: string;
  readonly proxies: readonly Workload[];
  readonly controlPlanes: readonly Workload[];
}

/** The settings with which the workload that configures the installation is started. */
export function settingsOfCandidate({ controlPlanes, proxies }: Candidate): ReadonlyMap<string, string> {
  const configured = controlPlanes[0] ?? proxies[0];
  return configured === undefined ? new Map() : settingsOf(configured);
}

/** An installation as far as its workloads tell, without any further read. */
export function describeInstance(candidate: Candidate): ControllerInstance {
  return {
    profile: candidate.profile,
    namespace: candidate.namespace,
    proxies: candidate.proxies,
    controlPlanes: candidate.controlPlanes,
    settings: settingsOfCandidate(candidate),
    pods: found([]),
    controlPods: found([]),
    services: found([]),
    balancerPods: found([]),
    addressPools: found([]),
    config: found(undefined),
    events: found([]),
    namespaceObject: found(undefined),
    policies: found([]),
    metrics: found([]),
    logs: found([]),
  };
}

/** Looks at an installation's Pods and Services, and in trouble at its events and logs. */
export function traceInstance(
  lookup: Lookup,
  candidate: Candidate,
  backendNamespace: string | undefined,
): ControllerInstance {
  const { namespace, proxies, controlPlanes } = candidate;
  const instance = describeInstance(candidate);
  const pods = joinReads(proxies.map((workload) => podsOf(lookup, namespace, workload)));
  const others = controlPlanes.filter((workload) => !proxies.includes(workload));
  const controlPods = joinReads(others.map((workload) => podsOf(lookup, namespace, workload)));
  const services = mapRead(lookup.list('Service', { namespace }), (list) =>
    list.filter((service) => proxies.some((workload) => selectsTemplate(service, workload))),
  );
  const policies = lookup.list('NetworkPolicy', { namespace });
  const isTroubled =
    !valueOr(pods, []).some(isPodReady) ||
    !valueOr(controlPods, []).every(isPodReady) ||
    !hasAddress(services);
  const backendPolicies = lookup.list('NetworkPolicy', { namespace: backendNamespace ?? '' });
  const hasPolicies = [policies, backendPolicies].some((read) => valueOr(read, []).length > 0);
  const isStrained = [...valueOr(pods, []), ...valueOr(controlPods, [])].some(
    (pod) => !isPodReady(pod) || hasEndedLately(pod, lookup.now),
  );
  const config = configOf(lookup, instance);
  const configMap = valueOr(config, undefined);
  return {
    ...instance,
    settings: configMap === undefined ? instance.settings : withConfigMap(instance.settings, configMap),
    pods,
    controlPods,
    services,
    balancerPods: traceBalancerPods(lookup, services),
    addressPools: traceAddressPools(lookup, services),
    policies,
    metrics: isStrained ? lookup.list('PodMetrics', { namespace }) : found([]),
    // Policies may select the controller by its namespace's labels; without policies they do not matter.
    namespaceObject: hasPolicies ? lookup.get('Namespace', undefined, namespace) : found(undefined),
    events: isTroubled ? lookup.list('Event', { namespace }) : found([]),
    config,
    logs: traceLogs(lookup, [...valueOr(pods, []), ...valueOr(controlPods, [])], {
      healthy: 2,
      lines: CONTROLLER_LINES,
      sinceSeconds: lookup.logSeconds,
    }),
  };
}

/** Whether one of its containers ended within the last hour. */
function hasEndedLately({ status }: Pod, now: Date): boolean {
  const ends = (status?.containerStatuses ?? []).map(({ lastState }) => lastState?.terminated?.finishedAt);
  return ends.some((end) => (secondsSince(end, now) ?? Number.POSITIVE_INFINITY) < 3600);
}

function podsOf(lookup: Lookup, namespace: string, workload: Workload): Read<readonly Pod[]> {
  const labels = workload.spec?.selector?.matchLabels ?? workload.spec?.template?.metadata?.labels;
  if (labels === undefined || hasExpressions(workload.spec?.selector))
    return lookup.list('Pod', { namespace });
  return lookup.list('Pod', { namespace, labelSelector: selectorText(labels) });
}

function hasExpressions(selector: LabelSelector | undefined): boolean {
  return (selector?.matchExpressions?.length ?? 0) > 0;
}

function selectsTemplate(service: Service, workload: Workload): boolean {
  const { selector } = service.spec ?? {};
  if (selector === undefined || Object.keys(selector).length === 0) return false;
  return matchesLabels(selector, workload.spec?.template?.metadata?.labels);
}

/** A missing load balancer address is trouble whose reason the events tell. */
function hasAddress(services: Read<readonly Service[]>): boolean {
  return valueOr(services, []).every((service) => !isWaiting(service));
}

/**
 * The ConfigMap that a flag names (`--configmap=namespace/name`, where `$(POD_NAMESPACE)` is the controller's own),
 * or the one that the control plane mounts to read its `--config-path` from, as Contour does.
 */
function configOf(
  lookup: Lookup,
  { settings, namespace, controlPlanes }: ControllerInstance,
): ControllerInstance['config'] {
  const flag = settings.get('configmap') ?? settings.get('nginx-configmaps');
  const [, where = '', named] = /^(.+)\/([^/]+)$/.exec(flag ?? '') ?? [];
  if (named !== undefined) return lookup.get('ConfigMap', where.includes('$(') ? namespace : where, named);
  const volumes = controlPlanes.flatMap(({ spec }) => spec?.template?.spec?.volumes ?? []);
  const mounted = volumes.find(({ configMap }) => configMap?.name !== undefined)?.configMap?.name;
  if (mounted === undefined || !settings.has('config-path')) return found(undefined);
  return lookup.get('ConfigMap', namespace, mounted);
}
