import { kubectl } from '../../kubernetes/command.ts';
import type { Pod } from '../../kubernetes/pod-types.ts';
import type { Command } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { isSameReference, type ObjectReference } from '../../model/reference.ts';
import type { BackendTrace } from '../../model/trace.ts';

/** Prints the end of one container's log; `previous` for the run before the last restart. */
export function showLog(pod: Pod, container: string, previous = false): Command {
  const { name = '', namespace } = pod.metadata ?? {};
  const run = previous ? ['--previous'] : [];
  return { run: kubectl(namespace, 'logs', name, '-c', container, '--tail=50', ...run), effect: 'looks' };
}

/** Prints the Pod's state and events. */
export function describePod(pod: Pod): Command {
  const { name = '', namespace } = pod.metadata ?? {};
  return { run: kubectl(namespace, 'describe', 'pod', name), effect: 'looks' };
}

/** Opens what the Pod is made from in an editor; a Pod without an owner can only be replaced, so nothing is offered. */
export function editOwner(owner: ObjectReference | undefined): readonly Command[] {
  if (owner === undefined) return [];
  return [{ run: kubectl(owner.namespace, 'edit', owner.kind.toLowerCase(), owner.name), effect: 'changes' }];
}

/** Goes back to the revision before, where the owner is a Deployment that has one. */
export function undoRollout(backend: BackendTrace, owner: ObjectReference | undefined): readonly Command[] {
  if (owner?.kind !== 'Deployment') return [];
  const trace = valueOr(backend.workloads, []).find(({ reference }) => isSameReference(reference, owner));
  if (trace === undefined || valueOr(trace.replicaSets, []).length < 2) return [];
  return [
    { run: kubectl(owner.namespace, 'rollout', 'undo', `deployment/${owner.name}`), effect: 'changes' },
  ];
}
