import { isPodReady } from '../kubernetes/pod.ts';
import { joinReads, valueOr } from '../model/read.ts';
import { isSameReference, showReference } from '../model/reference.ts';
import type { BackendTrace, PodTrace, Trace } from '../model/trace.ts';
import type { Subject } from '../rules/rule.ts';
import type { Common } from '../rules/visits.ts';

/** A subject for each Node that hosts Pods of the backends, with those Pods. */
export function nodeSubjects(
  common: Common,
  { agents }: Trace,
  backends: readonly BackendTrace[],
): readonly Subject<'node'>[] {
  const subjects = new Map<string, Subject<'node'>>();
  for (const backend of backends) {
    for (const pod of valueOr(backend.pods, [])) {
      const node = pod.node === undefined ? undefined : valueOr(pod.node, undefined);
      const name = node?.metadata?.name;
      if (node === undefined || name === undefined) continue;
      const known = subjects.get(name);
      const keys = [
        ...(known?.keys ?? [`Node ${name}`]),
        showReference(pod.reference),
        ...replacementsOf(pod, backend).map(({ reference }) => showReference(reference)),
        `backend ${backend.key}`,
      ];
      subjects.set(name, {
        visit: 'node',
        keys: [...new Set(keys)],
        routes: [...new Set([...(known?.routes ?? []), ...backend.routes])],
        given: { ...common, node, pods: [...(known?.given.pods ?? []), pod.pod] },
        reads: {
          agents,
          podEvents: joinReads([...(known === undefined ? [] : [known.reads.podEvents]), pod.events]),
        },
      });
    }
  }
  return [...subjects.values()];
}

/** The Pods that wait for a Node in place of one that goes or went away with its own. */
function replacementsOf({ pod, owner }: PodTrace, backend: BackendTrace): readonly PodTrace[] {
  if (owner === undefined || isPodReady(pod)) return [];
  return valueOr(backend.pods, []).filter(
    (other) =>
      other.pod.spec?.nodeName === undefined &&
      other.owner !== undefined &&
      isSameReference(other.owner, owner),
  );
}
