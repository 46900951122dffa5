import { isCanary } from '../../controllers/annotations/canary.ts';
import { sharesProxy } from '../../controllers/annotations/shared-proxy.ts';
import { kubectl } from '../../kubernetes/command.ts';
import { timeOf } from '../../kubernetes/duration.ts';
import type { Ingress, IngressBackend } from '../../kubernetes/types.ts';
import type { Command, Evidence, Report } from '../../model/finding.ts';
import { type ObjectReference, referenceTo, showReference } from '../../model/reference.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import {
  ingressesWithHost,
  isSameClass,
  isSameIngress,
  type PathOfIngress,
  pathsOf,
} from '../shared/same-class.ts';

export const duplicateHostPath = defineRule({
  code: 'GD0304',
  name: 'duplicate-host-path',
  title: 'another Ingress has the same host and path',
  hop: 'ingress-rule',
  severity: 'high',
  confidence: 'certain',
  symptom: 'wrong-backend',
  explains: [],
  visits: 'route',
  needs: ['allIngresses'],

  *check({ trace, ingress, route, allIngresses }) {
    if (route.backend === undefined || route.field === 'spec.defaultBackend' || isCanary(ingress)) return;
    const onHost = ingressesWithHost(allIngresses, route.host);
    const rivals = pathsOf(onHost.filter((other) => isRival(trace, other))).filter(
      ({ host, path, pathType }) => host === route.host && path === route.path && pathType === route.pathType,
    );
    const [oldest] = rivals.toSorted((a, b) => createdAt(a.ingress) - createdAt(b.ingress));
    if (oldest === undefined) return;
    const object = trace.reference;
    const rival = referenceTo(oldest.ingress);
    yield {
      object,
      ...weigh(trace.controller.profile, ingress, route.backend, oldest, rival),
      evidence: [
        fieldEvidence(object, `${route.field}.path`, `${route.host}${route.path} (${route.pathType})`),
        fieldEvidence(rival, `${oldest.field}.path`, `${oldest.host}${oldest.path} (${oldest.pathType})`),
        ...creationEvidence(ingress, object),
        ...creationEvidence(oldest.ingress, rival),
      ],
      fix: {
        summary:
          'take the path out of one of the two Ingresses, or make one of them a canary if that is meant',
        commands: [describe(object), describe(rival)],
      },
    };
  },
});

function isRival({ ingress, controller }: IngressTrace, other: Ingress): boolean {
  if (isSameIngress(other, ingress) || !isSameClass(other, ingress) || isCanary(other)) return false;
  return sharesProxy(controller.profile.product, other, ingress);
}

function createdAt({ metadata }: Ingress): number {
  return timeOf(metadata?.creationTimestamp)?.getTime() ?? Number.NaN;
}

/** What the other one's existence means to requests on this route. */
function weigh(
  { duplicateWinner, title }: { readonly duplicateWinner: 'oldest' | 'unknown'; readonly title: string },
  ingress: Ingress,
  backend: IngressBackend,
  { ingress: other, backend: otherBackend }: PathOfIngress,
  rival: ObjectReference,
): Pick<Report, 'message' | 'severity' | 'confidence' | 'symptom' | 'partial'> {
  const same = `${showReference(rival)} has the same host and path`;
  const isSameNamespace = ingress.metadata?.namespace === other.metadata?.namespace;
  if (isSameNamespace && JSON.stringify(backend) === JSON.stringify(otherBackend)) {
    return { message: `${same}, with the same backend`, severity: 'info', symptom: null };
  }
  const difference = createdAt(ingress) - createdAt(other);
  if (duplicateWinner === 'unknown' || Number.isNaN(difference) || difference === 0) {
    return {
      message: `${same}: which of the two answers cannot be foretold on ${title}`,
      confidence: 'likely',
      partial: true,
    };
  }
  if (difference < 0) {
    return { message: `${same}; this Ingress is older and answers`, severity: 'info', symptom: null };
  }
  return { message: `${same} and is older, so its backend answers` };
}

function creationEvidence({ metadata }: Ingress, object: ObjectReference): readonly Evidence[] {
  const created = metadata?.creationTimestamp;
  return created === undefined ? [] : [fieldEvidence(object, 'metadata.creationTimestamp', created)];
}

function describe({ namespace, name }: ObjectReference): Command {
  return { run: kubectl(namespace, 'describe', 'ingress', name), effect: 'looks' };
}
