import { type PodContainer, podContainers } from '../../kubernetes/pod.ts';
import type { Pod, PodMetrics } from '../../kubernetes/pod-types.ts';
import { parseQuantity } from '../../kubernetes/quantity.ts';
import type { ConfigMap } from '../../kubernetes/types.ts';
import type { Evidence, Report } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { ContainerLog, ControllerInstance } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { installationOf } from '../shared/class-claims.ts';
import { livingPods } from '../shared/controller-pods.ts';
import { fieldEvidence, logEvidence } from '../shared/evidence.ts';
import { lastLines, type SeenLine } from '../shared/log-events.ts';
import { editOwner, showLog } from '../shared/pod-commands.ts';

export const controllerOverloaded = defineRule({
  code: 'GD0114',
  name: 'controller-overloaded',
  title: 'the controller runs out of connections, CPU or memory',
  hop: 'class',
  severity: 'high',
  confidence: 'suspect',
  symptom: 'response-timeout',
  explains: [],
  visits: 'controller',
  needs: ['pods'],
  uses: ['logs', 'metrics', 'config'],

  *check({ instance, pods, logs, metrics, config }) {
    const alive = livingPods(pods);
    const full = alive.flatMap((pod) => refusals(pod, logs ?? []));
    const [first] = full;
    if (first !== undefined) yield outOfConnections(instance, first, full.length, config);
    for (const pod of alive) {
      const use = metrics?.find(({ metadata }) => metadata?.name === pod.metadata?.name);
      if (use === undefined) continue;
      const report = reportUse(instance, pod, use);
      // The Pods of a controller are alike: one of them shows what limits all.
      if (report !== undefined) return yield report;
    }
  },
});

interface Refusal extends SeenLine {
  readonly pod: Pod;
}

/** What nginx logs when every connection of a worker is taken: new ones are closed, or answered with an error. */
const NO_CONNECTIONS = /worker_connections are not enough/;

function refusals(pod: Pod, logs: readonly ContainerLog[]): readonly Refusal[] {
  const own = logs.filter((log) => log.pod === pod.metadata?.name && !log.previous);
  return lastLines(own, (line) => NO_CONNECTIONS.test(line)).map((seen) => ({ pod, ...seen }));
}

function outOfConnections(
  instance: ControllerInstance,
  { pod, log, line }: Refusal,
  count: number,
  config: ConfigMap | undefined,
): Report {
  const workload = installationOf(instance);
  const configured = instance.settings.get('max-worker-connections');
  return {
    object: workload,
    message: `every connection that a worker may hold is taken: new ones are closed${count > 1 ? `, in ${count} Pods` : ''}`,
    evidence: [
      logEvidence(referenceTo(pod), log, line),
      ...(configured === undefined
        ? []
        : [{ object: workload, source: 'setting max-worker-connections', value: configured }]),
    ],
    confidence: 'likely',
    symptom: 'controller-down',
    partial: true,
    fix: {
      summary: 'raise `max-worker-connections` in the ConfigMap of the controller, or run more replicas',
      commands: [
        showLog(pod, log.container),
        ...editOwner(config === undefined ? workload : referenceTo(config)),
      ],
    },
  };
}

/** The share of a limit from which on the controller is held back by it. */
const SATURATED = 0.9;

function reportUse(instance: ControllerInstance, pod: Pod, use: PodMetrics): Report | undefined {
  const strains = podContainers(pod).flatMap((container) =>
    (['cpu', 'memory'] as const).flatMap((resource) => strainOf(pod, container, use, resource)),
  );
  const [first, ...others] = strains;
  if (first === undefined) return undefined;
  const workload = installationOf(instance);
  const resources = [...new Set(strains.map(({ resource }) => resource))];
  return {
    object: workload,
    message: `uses 90% or more of its ${resources.join(' and ')} limit`,
    evidence: [...first.evidence, ...others.flatMap(({ evidence }) => evidence)],
    severity: 'medium',
    partial: true,
    fix: {
      summary: `raise the ${resources.join(' and ')} limit of the controller, or run more replicas`,
      commands: [...editOwner(workload)],
    },
  };
}

interface Strain {
  readonly resource: 'cpu' | 'memory';
  readonly evidence: readonly [Evidence, Evidence];
}

function strainOf(
  pod: Pod,
  { name, spec, specField }: PodContainer,
  use: PodMetrics,
  resource: 'cpu' | 'memory',
): readonly Strain[] {
  const limit = spec.resources?.limits?.[resource];
  const usage = use.containers?.find((container) => container.name === name)?.usage?.[resource];
  const share = (parseQuantity(usage) ?? 0) / (parseQuantity(limit) ?? Number.POSITIVE_INFINITY);
  if (share < SATURATED) return [];
  const object = referenceTo(pod);
  return [
    {
      resource,
      evidence: [
        { object, source: `PodMetrics of container ${name}`, value: `${resource} ${usage ?? ''}` },
        fieldEvidence(object, `${specField}.resources.limits.${resource}`, limit),
      ],
    },
  ];
}
