import { type Read, type ReadFailure, valueOr } from '../model/read.ts';
import type { IngressTrace } from '../model/trace.ts';
import type { VisitName } from '../rules/visits.ts';

/** That no installation serves the Ingress is only known where both installations and classes could be read. */
export function whyServingUnknown({ controller, ingressClasses }: IngressTrace): FailedRead | undefined {
  return [controller.instances, ingressClasses].find((read): read is FailedRead => !read.ok);
}

type FailedRead = Extract<Read<never>, { readonly ok: false }>;

/** A visit whose subjects are not even known, because of a read that failed. */
export interface BlockedVisit {
  readonly visit: VisitName;
  readonly routes: readonly string[];
  readonly failure: ReadFailure;
}

/** The visits that {@link subjectsOf} cannot lay out. */
export function blockedVisits(trace: IngressTrace): readonly BlockedVisit[] {
  const { controller, backends, routes } = trace;
  const blocked: BlockedVisit[] = [];
  function block(read: Read<unknown>, affected: readonly string[], ...visits: readonly VisitName[]): void {
    if (read.ok) return;
    for (const visit of visits) blocked.push({ visit, routes: affected, failure: read.failure });
  }
  const servingUnknown = controller.serving === undefined ? whyServingUnknown(trace) : undefined;
  if (servingUnknown !== undefined) {
    block(
      servingUnknown,
      routes.map(({ id }) => id),
      'controller',
    );
  }
  for (const backend of backends) {
    block(backend.service, backend.routes, 'service', 'pod', 'workload');
    block(backend.pods, backend.routes, 'pod');
    block(backend.workloads, backend.routes, 'workload');
    for (const pod of valueOr(backend.pods, [])) {
      if (pod.node !== undefined) block(pod.node, backend.routes, 'node');
    }
  }
  return blocked;
}
