import { grouped, type KeysOf } from '../../kubernetes/grouped.ts';
import { classOf } from '../../kubernetes/ingress-class.ts';
import type { Ingress } from '../../kubernetes/types.ts';

/** Whether both Ingresses name the same class, so that one controller joins their rules. */
export function isSameClass(a: Ingress, b: Ingress): boolean {
  return classOf(a) === classOf(b);
}

/** Whether both are the same object. */
export function isSameIngress(a: Ingress, b: Ingress): boolean {
  return a.metadata?.name === b.metadata?.name && a.metadata?.namespace === b.metadata?.namespace;
}

/** One path of a rule as the controller sees it; absent fields have the meaning that the API gives them. */
export interface PathOfIngress {
  readonly ingress: Ingress;
  /** Lower case; empty for any host. */
  readonly host: string;
  readonly path: string;
  readonly pathType: string;
  /** `spec.rules[0].http.paths[1]`. */
  readonly field: string;
  readonly backend: NonNullable<
    NonNullable<NonNullable<NonNullable<Ingress['spec']>['rules']>[number]['http']>['paths']
  >[number]['backend'];
}

/** The Ingresses with a rule for that very host (lower case; empty for any host). */
export function ingressesWithHost(ingresses: readonly Ingress[], host: string): readonly Ingress[] {
  return grouped(ingresses, ruleHosts).get(host) ?? [];
}

const ruleHosts: KeysOf<Ingress> = ({ spec }) => [
  ...new Set((spec?.rules ?? []).map(({ host = '' }) => host.toLowerCase())),
];

/** Every path of the Ingresses' rules. */
export function pathsOf(ingresses: readonly Ingress[]): readonly PathOfIngress[] {
  return ingresses.flatMap((ingress) =>
    (ingress.spec?.rules ?? []).flatMap((rule, ruleIndex) =>
      (rule.http?.paths ?? []).map(({ path = '/', pathType = 'ImplementationSpecific', backend }, index) => ({
        ingress,
        host: (rule.host ?? '').toLowerCase(),
        path,
        pathType,
        field: `spec.rules[${ruleIndex}].http.paths[${index}]`,
        backend,
      })),
    ),
  );
}
