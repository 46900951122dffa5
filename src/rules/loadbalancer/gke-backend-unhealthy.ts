import { kubectl } from '../../kubernetes/command.ts';
import { BACKEND_CONFIG_ANNOTATION, type BackendConfig } from '../../kubernetes/custom/load-balancers.ts';
import { secondsSince } from '../../kubernetes/duration.ts';
import { findCondition, isPodReady, servingContainer } from '../../kubernetes/pod.ts';
import { resolveTargetPort } from '../../kubernetes/ports.ts';
import { describeProbe, probePort } from '../../kubernetes/probe.ts';
import type { Service } from '../../kubernetes/types.ts';
import type { Confidence, Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { BackendTrace, IngressTrace, PodTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import {
  BACKENDS_ANNOTATION,
  backendsOfPort,
  configName,
  type GkeBackend,
  gkeBackends,
} from '../shared/gke-backends.ts';
import { servedPort } from '../shared/pod-consequences.ts';

export const gkeBackendUnhealthy = defineRule({
  code: 'GD0215',
  name: 'gke-backend-unhealthy',
  title: "the health check of GKE's load balancer fails",
  hop: 'loadbalancer',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'targets-unhealthy',
  explains: [],
  visits: 'service',
  needs: [],
  uses: ['pods', 'backendConfigs'],

  *check({ now, trace, ingress, backend, service, pods, backendConfigs }) {
    if (trace.controller.profile.product !== 'gke') return;
    const judged = judge(gkeBackends(ingress) ?? [], service, backend, trace);
    const age = secondsSince(ingress.metadata?.creationTimestamp, now);
    if (judged === undefined || (judged.state === 'Unknown' && age !== undefined && age < SETUP)) return;
    const { confidence, isPartial, state } = judged;
    const object = referenceTo(service);
    const check = healthCheck(service, backend, pods ?? [], backendConfigs ?? []);
    const isUnknown = state === 'Unknown';
    yield {
      object,
      message: isUnknown
        ? 'the load balancer knows no health of its endpoints'
        : `the load balancer's health check fails on ${isPartial ? 'some of its backends' : 'all of its endpoints'}`,
      ...(isUnknown && ({ severity: 'medium' } as const)),
      confidence: isUnknown ? 'suspect' : pods !== undefined && settled(pods, now) ? confidence : 'likely',
      partial: isPartial,
      evidence: [
        fieldEvidence(
          trace.reference,
          `metadata.annotations[${BACKENDS_ANNOTATION}]`,
          judged.backends.map(({ name, state }) => `${name}: ${state}`).join(', '),
        ),
        ...check.evidence,
      ],
      fix: {
        summary: check.isReadinessProbe ? REACH : ANSWER,
        commands: [
          {
            run: kubectl(trace.reference.namespace, 'describe', 'ingress', trace.reference.name),
            effect: 'looks',
          },
          { run: kubectl(object.namespace, 'get', 'service', object.name, '-o', 'yaml'), effect: 'looks' },
        ],
      },
    };
  },
});

/** Seconds that a new load balancer may take until its first checks are done. */
const SETUP = 15 * 60;

/** Seconds that the annotation may lag behind the health of the Pods. */
const LAG = 10 * 60;

interface Judgement {
  readonly state: 'UNHEALTHY' | 'Unknown';
  readonly backends: readonly GkeBackend[];
  readonly isPartial: boolean;
  readonly confidence: Confidence;
}

/** What the load balancer says of the Service's port; where no name in the annotation tells it apart, of all. */
function judge(
  all: readonly GkeBackend[],
  service: Service,
  backend: BackendTrace,
  { backends }: IngressTrace,
): Judgement | undefined {
  const own = backendsOfPort(all, service, backend.port?.port);
  const candidates =
    own.length > 0 ? own : all.filter((each) => !belongsToOther(each, all, backends, backend));
  const bad = candidates.filter(({ state }) => state.toUpperCase() !== 'HEALTHY');
  if (bad.length === 0) return undefined;
  const isSure = own.length > 0 || bad.length === candidates.length;
  return {
    state: bad.some(({ state }) => state.toUpperCase() === 'UNHEALTHY') ? 'UNHEALTHY' : 'Unknown',
    backends: bad,
    isPartial: bad.length < candidates.length,
    confidence: isSure ? 'certain' : 'likely',
  };
}

function belongsToOther(
  { name }: GkeBackend,
  all: readonly GkeBackend[],
  backends: readonly BackendTrace[],
  backend: BackendTrace,
): boolean {
  return backends.some((other) => {
    const service = other.service.ok ? other.service.value : undefined;
    if (other === backend || service === undefined) return false;
    return backendsOfPort(all, service, other.port?.port).some((each) => each.name === name);
  });
}

/** Whether all ready Pods have been ready for so long that the annotation must know. */
function settled(pods: readonly PodTrace[], now: Date): boolean {
  return pods.every(({ pod }) => {
    const age = secondsSince(findCondition(pod.status?.conditions, 'Ready')?.lastTransitionTime, now);
    return !isPodReady(pod) || age === undefined || age > LAG;
  });
}

/** What to do where the kubelet gets the very answer that the load balancer does not get. */
const REACH =
  "let 130.211.0.0/22 and 35.191.0.0/16, from where the checks come, reach the Pods through firewalls and NetworkPolicies; where the readiness probe was changed since the load balancer was made, give the Service a BackendConfig with the probe's path and port";

const ANSWER =
  'give the container that serves an httpGet readiness probe on its port, or the Service a BackendConfig with a health check that it answers with 200; and let 130.211.0.0/22 and 35.191.0.0/16 reach it through firewalls and NetworkPolicies';

/** From what the health check is taken: a BackendConfig, the readiness probe, or GET / that must be answered with 200. */
function healthCheck(
  service: Service,
  backend: BackendTrace,
  pods: readonly PodTrace[],
  configs: readonly BackendConfig[],
): { readonly evidence: readonly Evidence[]; readonly isReadinessProbe: boolean } {
  const object = referenceTo(service);
  const named = service.metadata?.annotations?.[BACKEND_CONFIG_ANNOTATION];
  const config = configs.find(({ metadata }) => metadata?.name === configName(service, backend.port?.port));
  const { healthCheck: own } = config?.spec ?? {};
  if (config !== undefined && own !== undefined) {
    const value = `${own.type ?? 'HTTP'} :${own.port ?? ''}${own.requestPath ?? '/'}`;
    const evidence = [fieldEvidence(referenceTo(config), 'spec.healthCheck', value)];
    return { evidence, isReadinessProbe: false };
  }
  if (config === undefined && named !== undefined) {
    const evidence = [fieldEvidence(object, `metadata.annotations[${BACKEND_CONFIG_ANNOTATION}]`, named)];
    return { evidence, isReadinessProbe: false };
  }
  const pod = pods.find((each) => isPodReady(each.pod))?.pod ?? pods[0]?.pod;
  const port = backend.port?.port;
  if (pod === undefined || port === undefined) return { evidence: [], isReadinessProbe: false };
  const container = servingContainer(pod, servedPort(backend))?.spec ?? {};
  const probe = container.readinessProbe;
  const isReadinessProbe =
    probe?.httpGet !== undefined && probePort(probe, container) === resolveTargetPort(pod, port);
  const value =
    isReadinessProbe && probe !== undefined
      ? `${describeProbe(probe, container)} (of the readiness probe)`
      : 'GET / for 200 (no httpGet readiness probe on the port)';
  return { evidence: [{ object, source: 'health check', value }], isReadinessProbe };
}
