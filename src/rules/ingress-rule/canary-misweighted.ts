import { isCanary } from '../../controllers/annotations/canary.ts';
import { findAnnotation, numberAnnotation } from '../../controllers/annotations/read.ts';
import type { Settings } from '../../controllers/profile.ts';
import { kubectl } from '../../kubernetes/command.ts';
import { timeOf } from '../../kubernetes/duration.ts';
import type { Ingress } from '../../kubernetes/types.ts';
import { referenceTo, showReference } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { annotateObject } from '../shared/patch.ts';
import { ingressesWithHost, isSameClass, isSameIngress, pathsOf } from '../shared/same-class.ts';

const NGINX = 'ingress-nginx';

export const canaryMisweighted = defineRule({
  code: 'GD0320',
  name: 'canary-misweighted',
  title: 'a canary gets none of the requests, or all of them',
  hop: 'ingress-rule',
  severity: 'low',
  confidence: 'likely',
  explains: [],
  visits: 'ingress',
  needs: ['allIngresses'],

  *check({ trace, ingress, allIngresses }) {
    const { profile, serving } = trace.controller;
    if (profile.product !== NGINX || !isCanary(ingress, serving?.settings)) return;
    const object = trace.reference;
    const elder = elderCanary(ingress, allIngresses);
    if (elder !== undefined) {
      const other = referenceTo(elder);
      yield {
        object,
        message: `${showReference(other)} is an older canary of the same host and path, and ingress-nginx uses one only`,
        evidence: [
          fieldEvidence(object, 'metadata.creationTimestamp', ingress.metadata?.creationTimestamp),
          fieldEvidence(other, 'metadata.creationTimestamp', elder.metadata?.creationTimestamp),
        ],
        fix: {
          summary: 'keep one canary for each host and path',
          commands: [{ run: kubectl(other.namespace, 'describe', 'ingress', other.name), effect: 'looks' }],
        },
      };
      return;
    }
    const share = shareOf(ingress, serving?.settings);
    if (share === undefined) return;
    yield {
      object,
      message: share.words,
      evidence: [fieldEvidence(object, share.field, share.value)],
      // Tools that roll out step by step leave a canary at either end.
      severity: 'info',
      fix: {
        summary: 'set the weight to the share of requests that the canary is to get, in percent',
        commands: [annotateObject(object, `nginx.ingress.kubernetes.io/canary-weight`, '10')],
      },
    };
  },
});

interface Share {
  readonly words: string;
  readonly field: string;
  readonly value: string | undefined;
}

/** Why the weight divides nothing; undefined where it does, or where a header or cookie chooses. */
function shareOf(ingress: Ingress, settings: Settings | undefined): Share | undefined {
  const isChosen = ['canary-by-header', 'canary-by-cookie'].some(
    (key) => findAnnotation(ingress, NGINX, key, settings) !== undefined,
  );
  const given = findAnnotation(ingress, NGINX, 'canary-weight', settings);
  const weight = numberAnnotation(ingress, NGINX, 'canary-weight', settings) ?? 0;
  const total = numberAnnotation(ingress, NGINX, 'canary-weight-total', settings) ?? 100;
  const field = `metadata.annotations[${given?.name ?? 'nginx.ingress.kubernetes.io/canary-weight'}]`;
  if (weight >= total) {
    return {
      words: `the canary gets every request: its weight is ${weight} of ${total}`,
      field,
      value: given?.value,
    };
  }
  if (weight > 0 || isChosen) return undefined;
  return {
    words: 'the canary gets no request: its weight is 0, and no header or cookie chooses it',
    field,
    value: given?.value,
  };
}

/** An older canary of one of the same paths. */
function elderCanary(ingress: Ingress, ingresses: readonly Ingress[]): Ingress | undefined {
  const created = ({ metadata }: Ingress) => timeOf(metadata?.creationTimestamp)?.getTime() ?? Number.NaN;
  return pathsOf([ingress])
    .flatMap(({ host, path, pathType }) =>
      pathsOf(ingressesWithHost(ingresses, host)).filter(
        (other) => other.host === host && other.path === path && other.pathType === pathType,
      ),
    )
    .map((other) => other.ingress)
    .find(
      (other) =>
        !isSameIngress(other, ingress) &&
        isSameClass(other, ingress) &&
        isCanary(other) &&
        created(other) < created(ingress),
    );
}
