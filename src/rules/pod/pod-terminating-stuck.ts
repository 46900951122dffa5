import { kubectl } from '../../kubernetes/command.ts';
import { secondsSince } from '../../kubernetes/duration.ts';
import { newestEvent } from '../../kubernetes/events.ts';
import { findCondition } from '../../kubernetes/pod.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { Event } from '../../kubernetes/types.ts';
import type { Node } from '../../kubernetes/workload-types.ts';
import type { Evidence, Fix } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { isSameReference, type ObjectReference, referenceTo } from '../../model/reference.ts';
import type { BackendTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { eventEvidence, fieldEvidence } from '../shared/evidence.ts';
import { describePod } from '../shared/pod-commands.ts';
import { isShortOfPods, MISSING_POD_CONSEQUENCES, missingPodSeverity } from '../shared/pod-consequences.ts';

/** Seconds that the kubelet may take beyond the grace period to clean up. */
const CLEANUP = 60;

export const podTerminatingStuck = defineRule({
  code: 'GD4135',
  name: 'pod-terminating-stuck',
  title: 'the Pod is still being deleted long after its grace period',
  hop: 'pod',
  severity: 'info',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: [],
  uses: ['events', 'node'],

  *check({ now, backend, pod, owner, events, node }) {
    // The time of deletion has the grace period in it.
    const { deletionTimestamp, finalizers = [] } = pod.metadata ?? {};
    const late = secondsSince(deletionTimestamp, now);
    if (late === undefined || late < CLEANUP) return;
    const object = referenceTo(pod);
    const isDead = node !== undefined && findCondition(node.status?.conditions, 'Ready')?.status !== 'True';
    const event = newestEvent(events ?? [], 'FailedKillPod', 'FailedPreStopHook');
    const isMissed = holdsReplacementUp(backend, owner) && isShortOfPods(backend, owner);
    yield {
      object,
      message: `it has been terminating for longer than its grace period${reasonOf(finalizers, isDead, event)}${isMissed ? ', and its replacement waits for it' : ''}`,
      ...(deletionTimestamp !== undefined && { since: deletionTimestamp }),
      ...(isMissed && { severity: missingPodSeverity(backend) }),
      evidence: [
        fieldEvidence(object, 'metadata.deletionTimestamp', deletionTimestamp),
        ...finalizers.map((name, index) => fieldEvidence(object, `metadata.finalizers[${index}]`, name)),
        ...(node !== undefined && isDead ? [nodeEvidence(node)] : []),
        ...(event === undefined ? [] : [eventEvidence(object, event)]),
      ],
      fix: fixOf(pod, isDead),
    };
  },
});

function nodeEvidence(node: Node): Evidence {
  const status = findCondition(node.status?.conditions, 'Ready')?.status;
  return fieldEvidence(referenceTo(node), 'status.conditions[Ready].status', status);
}

function reasonOf(finalizers: readonly string[], isDead: boolean, event: Event | undefined): string {
  if (isDead) return ': its Node does not answer';
  if (finalizers.length > 0) return `: finalizer \`${finalizers[0]}\` holds it`;
  if (event?.reason === 'FailedPreStopHook') return ': its preStop hook fails';
  return event === undefined ? '' : ': its containers cannot be stopped';
}

/** A StatefulSet, and a Deployment that replaces all at once, make no new Pod before the old one is gone. */
function holdsReplacementUp(backend: BackendTrace, owner: ObjectReference | undefined): boolean {
  if (owner?.kind === 'StatefulSet') return true;
  return valueOr(backend.workloads, []).some(
    ({ reference, workload }) =>
      owner !== undefined &&
      isSameReference(reference, owner) &&
      workload.spec?.strategy?.type === 'Recreate',
  );
}

function fixOf(pod: Pod, isDead: boolean): Fix {
  const { namespace, name } = referenceTo(pod);
  const remove = {
    run: kubectl(namespace, 'delete', 'pod', name, '--grace-period=0', '--force'),
    effect: 'changes',
  } as const;
  return {
    summary: isDead
      ? 'make sure that the Node is really off, then remove the Pod by force'
      : 'see what holds it; remove the finalizer only where its controller is gone for good',
    commands: isDead ? [describePod(pod), remove] : [describePod(pod)],
  };
}
