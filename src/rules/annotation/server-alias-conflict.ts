import { findAnnotation, listAnnotation } from '../../controllers/annotations/read.ts';
import { kubectl } from '../../kubernetes/command.ts';
import { byAge } from '../../kubernetes/ingress-class.ts';
import type { Ingress } from '../../kubernetes/types.ts';
import { referenceTo, showReference } from '../../model/reference.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { annotate, annotationEvidence, nginxAnnotations } from '../shared/annotations.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { ingressesWithHost, isSameClass, isSameIngress } from '../shared/same-class.ts';

export const serverAliasConflict = defineRule({
  code: 'GD0534',
  name: 'server-alias-conflict',
  title: 'an alias or www redirect is not made, since something else has the host',
  hop: 'annotation',
  severity: 'low',
  confidence: 'certain',
  explains: [],
  visits: 'ingress',
  needs: ['allIngresses'],

  *check({ trace, ingress, allIngresses }) {
    const nginx = nginxAnnotations(trace);
    if (nginx === undefined) return;
    const object = trace.reference;
    const alias = nginx.find('server-alias');
    const aliases = listAnnotation(ingress, 'ingress-nginx', 'server-alias', nginx.settings);
    for (const host of alias === undefined ? [] : aliases) {
      const owner = ownerOf(trace, allIngresses, host.toLowerCase());
      if (owner === undefined || alias === undefined) continue;
      const reference = referenceTo(owner);
      yield {
        object,
        message: `alias \`${host}\` has no effect: it is a host of ${showReference(reference)}`,
        evidence: [annotationEvidence(object, alias), fieldEvidence(reference, 'spec.rules[*].host', host)],
        fix: {
          summary: 'take the alias off, or the host out of the other Ingress',
          commands: looks(reference),
        },
      };
    }
    const rival = alias === undefined ? undefined : olderAlias(trace, allIngresses);
    if (rival !== undefined && alias !== undefined) {
      const reference = referenceTo(rival.ingress);
      yield {
        object,
        message: `its aliases have no effect: ${showReference(reference)} has set those of host \`${rival.host}\` before`,
        evidence: [annotationEvidence(object, alias), annotationEvidence(reference, rival.alias)],
        fix: { summary: 'put all aliases of a host into one Ingress', commands: looks(reference) },
      };
    }
    const redirect = nginx.find('from-to-www-redirect');
    if (redirect === undefined || !nginx.isOn('from-to-www-redirect')) return;
    for (const host of hostsOf(ingress)) {
      const twin = host.startsWith('www.') ? host.slice(4) : `www.${host}`;
      const owner = ownerOf(trace, allIngresses, twin);
      if (owner === undefined) continue;
      const reference = referenceTo(owner);
      yield {
        object,
        message: `\`${twin}\` is not redirected to \`${host}\`: it is a host of ${showReference(reference)}`,
        evidence: [
          annotationEvidence(object, redirect),
          fieldEvidence(reference, 'spec.rules[*].host', twin),
        ],
        fix: {
          summary: 'take the redirect off, or the host out of the rules',
          commands: [annotate(object, redirect.name), ...looks(reference)],
        },
      };
    }
  },
});

function hostsOf({ spec }: Ingress): readonly string[] {
  const hosts = (spec?.rules ?? []).map(({ host = '' }) => host.toLowerCase());
  return [...new Set(hosts)].filter((host) => host !== '' && !host.startsWith('*'));
}

/** An Ingress of the same controller with that very host. */
function ownerOf(
  { ingress }: IngressTrace,
  ingresses: readonly Ingress[],
  host: string,
): Ingress | undefined {
  return ingressesWithHost(ingresses, host).find((other) => isSameClass(other, ingress));
}

/** Of several Ingresses with aliases for one host, the oldest one's are made. */
function olderAlias({ ingress, controller }: IngressTrace, ingresses: readonly Ingress[]) {
  for (const host of hostsOf(ingress)) {
    for (const other of ingressesWithHost(ingresses, host)) {
      if (isSameIngress(other, ingress) || !isSameClass(other, ingress) || byAge(other, ingress) >= 0)
        continue;
      const alias = findAnnotation(other, 'ingress-nginx', 'server-alias', controller.serving?.settings);
      if (alias !== undefined) return { ingress: other, host, alias };
    }
  }
  return undefined;
}

function looks({ namespace, name }: { readonly namespace?: string; readonly name: string }) {
  return [{ run: kubectl(namespace, 'describe', 'ingress', name), effect: 'looks' as const }];
}
