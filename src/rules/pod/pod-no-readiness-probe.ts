import { podCrashes } from '../../kubernetes/crash.ts';
import { secondsSince } from '../../kubernetes/duration.ts';
import { isPodReady, isPodTerminating, lastTermination, servingContainer } from '../../kubernetes/pod.ts';
import type { ContainerStatus, Pod } from '../../kubernetes/pod-types.ts';
import type { Workload } from '../../kubernetes/workload-types.ts';
import { valueOr } from '../../model/read.ts';
import { isSameReference, type ObjectReference, referenceTo } from '../../model/reference.ts';
import type { BackendTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { editOwner } from '../shared/pod-commands.ts';
import { servedPort } from '../shared/pod-consequences.ts';

/** Seconds in which requests may still have met a container that had just been started. */
const RECENT = 600;

export const podNoReadinessProbe = defineRule({
  code: 'GD4123',
  name: 'pod-no-readiness-probe',
  title: 'the serving container has no readiness probe, so the Pod gets requests before it can answer',
  hop: 'pod',
  severity: 'info',
  confidence: 'certain',
  explains: [],
  visits: 'pod',
  needs: [],

  *check({ now, backend, pod, owner }) {
    if (!isPodReady(pod) || isPodTerminating(pod)) return;
    const serving = servingContainer(pod, servedPort(backend));
    if (serving === undefined || serving.spec.readinessProbe !== undefined) return;
    // Without a spec there is nothing to judge, and a crash has its own rules.
    if (pod.spec?.containers === undefined || podCrashes(pod, [], now).length > 0) return;

    const object = referenceTo(pod);
    const restart = recentRestart(serving.status, now);
    const workload = workloadOf(backend, owner);
    const isRollingOut = workload !== undefined && isInRollout(workload) && isYoung(pod, now);
    const evidence = fieldEvidence(object, `${serving.specField}.readinessProbe`, undefined);
    yield {
      object,
      message: `container \`${serving.name}\` has no readiness probe, so it gets requests from the moment it is started`,
      ...((restart !== undefined || isRollingOut) && { severity: 'medium' }),
      evidence:
        restart === undefined
          ? [evidence]
          : [
              evidence,
              fieldEvidence(object, `${serving.statusField}.lastState.terminated.finishedAt`, restart),
            ],
      fix: {
        summary: 'give the container a readiness probe on the port that it serves',
        commands: [...editOwner(owner)],
      },
    };
  },
});

function recentRestart(status: ContainerStatus | undefined, now: Date): string | undefined {
  const finished = lastTermination(status)?.finishedAt;
  const age = secondsSince(finished, now);
  return age !== undefined && age <= RECENT ? finished : undefined;
}

function workloadOf(backend: BackendTrace, owner: ObjectReference | undefined): Workload | undefined {
  if (owner === undefined) return undefined;
  return valueOr(backend.workloads, []).find(({ reference }) => isSameReference(reference, owner))?.workload;
}

function isInRollout({ status }: Workload): boolean {
  const { replicas, updatedReplicas } = status ?? {};
  return replicas !== undefined && updatedReplicas !== undefined && updatedReplicas < replicas;
}

function isYoung(pod: Pod, now: Date): boolean {
  const age = secondsSince(pod.metadata?.creationTimestamp, now);
  return age !== undefined && age <= RECENT;
}
