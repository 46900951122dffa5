import { kubectl } from '../../kubernetes/command.ts';
import { secondsSince } from '../../kubernetes/duration.ts';
import { eventLastTime, eventsWithReason } from '../../kubernetes/events.ts';
import { findCondition, isPodReady, isPodStarting } from '../../kubernetes/pod.ts';
import { unschedulable } from '../../kubernetes/scheduling.ts';
import type { Event } from '../../kubernetes/types.ts';
import type { Evidence } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { type ObjectReference, reference } from '../../model/reference.ts';
import type { BackendTrace, PodTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { eventEvidence, fieldEvidence } from '../shared/evidence.ts';
import { isShortOfPods, MISSING_POD_CONSEQUENCES, missingPodSeverity } from '../shared/pod-consequences.ts';
import { livePods } from '../shared/service-pods.ts';

/** Seconds after which a disruption is history. */
const HISTORY = 3600;

export const podPreempted = defineRule({
  code: 'GD4134',
  name: 'pod-preempted',
  title: 'Pods were removed to make room, or with their Node, and their replacements do not serve yet',
  hop: 'pod',
  severity: 'high',
  confidence: 'certain',
  explains: [...MISSING_POD_CONSEQUENCES, 'pod-unschedulable-resources', 'pod-terminating-stuck'],
  visits: 'service',
  needs: ['pods'],
  uses: ['events'],

  *check({ now, backend, pods, events }) {
    const replacements = livePods(pods).filter(({ pod }) => !isPodReady(pod));
    const waiting = replacements.filter((each) => unschedulable(each.pod, valueOr(each.events, [])));
    // A replacement that fails for a reason of its own is the matter of other rules.
    if (replacements.some((each) => !waiting.includes(each) && !isPodStarting(each.pod, now))) return;

    const all = [...byCondition(pods), ...byEvent(backend, pods, events ?? [])].filter(
      ({ time, cause, owner }) =>
        (secondsSince(time, now) ?? 0) <= HISTORY &&
        (waiting.length === 0 || cause === 'preempted') &&
        isShortOfPods(backend, owner),
    );
    for (const cause of new Set(all.map((disruption) => disruption.cause))) {
      const [first, ...others] = all.filter((disruption) => disruption.cause === cause);
      if (first === undefined) continue;
      yield {
        object: first.object,
        message: WORDS[cause].message,
        severity: missingPodSeverity(backend),
        ...(first.time !== undefined && { since: first.time }),
        evidence: [first.evidence, ...others.slice(0, 3).map(({ evidence }) => evidence)],
        fix: { summary: WORDS[cause].fix, commands: [look(first.object)] },
      };
    }
  },
});

type Cause = 'preempted' | 'evicted by request' | 'evicted by taint' | 'collected' | 'shut down';

interface Disruption {
  readonly cause: Cause;
  readonly object: ObjectReference;
  readonly owner: ObjectReference | undefined;
  /** RFC 3339. */
  readonly time?: string | undefined;
  readonly evidence: Evidence;
}

const REPLICAS = 'run several replicas on different Nodes, with a PodDisruptionBudget';

const WORDS: Readonly<Record<Cause, { readonly message: string; readonly fix: string }>> = {
  preempted: {
    message: 'it was preempted: a Pod of higher priority took its place',
    fix: 'give it a higher PriorityClass, or add Nodes that have room for both',
  },
  'evicted by request': {
    message: 'it was evicted by request, as when a Node is drained, and nothing has replaced it yet',
    fix: `wait for its replacement; ${REPLICAS}`,
  },
  'evicted by taint': {
    message: 'it was evicted from its Node by a taint that it does not tolerate',
    fix: `see why the Node is tainted, and wait for the replacement; ${REPLICAS}`,
  },
  collected: {
    message: 'it was deleted because its Node is gone',
    fix: `wait for its replacement; ${REPLICAS}`,
  },
  'shut down': {
    message: 'it was ended because its Node was shut down',
    fix: `wait for its replacement; ${REPLICAS}`,
  },
};

/** By reason of the condition DisruptionTarget (https://kubernetes.io/docs/concepts/workloads/pods/disruptions/). */
const REASONS: Readonly<Record<string, Cause>> = {
  PreemptionByScheduler: 'preempted',
  EvictionByEvictionAPI: 'evicted by request',
  DeletionByTaintManager: 'evicted by taint',
  DeletionByPodGC: 'collected',
  TerminationByKubelet: 'shut down',
};

function byCondition(pods: readonly PodTrace[]): readonly Disruption[] {
  return pods.flatMap(({ pod, reference: object, owner }) => {
    const condition = findCondition(pod.status?.conditions, 'DisruptionTarget');
    const cause = REASONS[condition?.reason ?? ''];
    // Short of a resource the kubelet evicts: pod-evicted says so.
    const isEvicted = pod.status?.reason === 'Evicted';
    if (condition?.status !== 'True' || cause === undefined || isEvicted) return [];
    const evidence = fieldEvidence(object, 'status.conditions[DisruptionTarget].reason', condition.reason);
    return [{ cause, object, owner, time: condition.lastTransitionTime, evidence }];
  });
}

const EVENTS: Readonly<Record<string, Cause>> = {
  Preempted: 'preempted',
  TaintManagerEviction: 'evicted by taint',
};

/** Of Pods that are gone only events are left; their names tell whose they were. */
function byEvent(
  backend: BackendTrace,
  pods: readonly PodTrace[],
  events: readonly Event[],
): readonly Disruption[] {
  return eventsWithReason(events, ...Object.keys(EVENTS)).flatMap((event) => {
    const { kind, namespace, name = '' } = event.involvedObject ?? {};
    const cause = EVENTS[event.reason ?? ''];
    const owner = ownerByName(backend, name);
    const isGone = !pods.some(({ reference }) => reference.name === name);
    const isCancelled = /^Cancelling deletion/.test(event.message ?? '');
    if (kind !== 'Pod' || cause === undefined || owner === undefined || !isGone || isCancelled) return [];
    const object = reference('Pod', namespace, name);
    const time = eventLastTime(event)?.toISOString();
    return [{ cause, object, owner, time, evidence: eventEvidence(object, event) }];
  });
}

/** The workload whose Pods have such names: `web-6b7f-x2k4q` of a ReplicaSet `web-6b7f`, `db-0` of a StatefulSet `db`. */
function ownerByName(backend: BackendTrace, name: string): ObjectReference | undefined {
  return valueOr(backend.workloads, []).find(({ reference: { name: workload }, replicaSets }) => {
    const sets = valueOr(replicaSets, []).map(({ metadata }) => metadata?.name ?? '');
    return [...sets, workload].some((prefix) => {
      const suffix = name.startsWith(`${prefix}-`) ? name.slice(prefix.length + 1) : '';
      return /^[a-z0-9]+$/.test(suffix);
    });
  })?.reference;
}

function look({ namespace }: ObjectReference) {
  return { run: kubectl(namespace, 'get', 'pods', '-o', 'wide'), effect: 'looks' } as const;
}
