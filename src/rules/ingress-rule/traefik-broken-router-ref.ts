import {
  CRD_PROVIDER,
  routerReferences,
  type TraefikReference,
  transportReferences,
} from '../../controllers/annotations/traefik-references.ts';
import { kubectl } from '../../kubernetes/command.ts';
import { traefikNames } from '../../kubernetes/custom/traefik.ts';
import { safeLine } from '../../kubernetes/log-lines.ts';
import { nearest } from '../../kubernetes/nearest.ts';
import type { KubeObject } from '../../kubernetes/types.ts';
import type { Evidence, Fix } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { referenceTo } from '../../model/reference.ts';
import type { ContainerLog, ControllerInstance } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence, logEvidence } from '../shared/evidence.ts';
import { lastLines, podOf } from '../shared/log-events.ts';
import { annotateObject } from '../shared/patch.ts';

export const traefikBrokenRouterRef = defineRule({
  code: 'GD0322',
  name: 'traefik-broken-router-ref',
  title: 'an annotation names a Traefik object that does not exist',
  hop: 'ingress-rule',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'no-route',
  explains: [],
  visits: 'route',
  needs: ['traefikObjects'],
  uses: ['controllerLogs'],

  *check({ trace, ingress, route, traefikObjects, controllerLogs }) {
    const { profile, serving } = trace.controller;
    if (profile.product !== 'traefik' || route.backend === undefined) return;
    const backend = trace.backends.find(({ key }) => key === route.backendKey);
    const service = backend === undefined ? undefined : valueOr(backend.service, undefined);
    const named: readonly (readonly [KubeObject, TraefikReference])[] = [
      ...routerReferences(ingress).map((each) => [ingress, each] as const),
      ...(service === undefined ? [] : transportReferences(service).map((each) => [service, each] as const)),
    ];
    for (const [holder, reference] of named) {
      const fault = faultOf(reference, traefikObjects, serving);
      if (fault === undefined) continue;
      const object = referenceTo(holder);
      yield {
        object,
        message: `${reference.kind} \`${reference.value}\` ${fault}: Traefik leaves its routers out`,
        evidence: [
          fieldEvidence(object, `metadata.annotations[${reference.annotation}]`, reference.value),
          ...complaints(reference, controllerLogs ?? []),
        ],
        fix: fixOf(holder, reference, traefikObjects),
      };
    }
  },
});

/** Why Traefik finds nothing under the name; undefined where it does, or where the provider is none that is read. */
function faultOf(
  { kind, name, provider }: TraefikReference,
  objects: readonly KubeObject[],
  serving: ControllerInstance | undefined,
): string | undefined {
  if (provider === undefined || provider === 'kubernetes') {
    return `is looked for among what the Ingress provider made, which makes none: the name needs \`@${CRD_PROVIDER}\``;
  }
  if (provider !== CRD_PROVIDER) return undefined;
  if (isCrdProviderOff(serving)) return `is of provider ${CRD_PROVIDER}, which is not turned on`;
  const own = objects.filter((object) => object.kind === kind);
  if (own.some((object) => traefikNames(object).includes(name))) return undefined;
  // The TLS options called `default` go by that name alone.
  if (kind === 'TLSOption' && name.endsWith('default')) return undefined;
  return 'does not exist';
}

/** Only flags tell: an instance that a file or the environment sets up may well have the provider. */
function isCrdProviderOff(serving: ControllerInstance | undefined): boolean {
  const flags = [...(serving?.settings.keys() ?? [])];
  return (
    flags.some((flag) => flag.startsWith('providers.')) &&
    !flags.includes('configfile') &&
    !flags.some(
      (flag) => flag === `providers.${CRD_PROVIDER}` || flag.startsWith(`providers.${CRD_PROVIDER}.`),
    )
  );
}

/** What Traefik itself says of the name. */
function complaints(
  { value, name, provider = 'kubernetes' }: TraefikReference,
  logs: readonly ContainerLog[],
): readonly Evidence[] {
  const names = [value, `${name}@${provider}`];
  const [said] = lastLines(
    logs,
    (line) => COMPLAINT.test(line) && names.some((known) => line.includes(known)),
  );
  return said === undefined ? [] : [logEvidence(podOf(said.log), said.log, safeLine(said.line))];
}

const COMPLAINT = /does not exist|not found|unknown TLS options/i;

function fixOf(
  holder: KubeObject,
  { kind, annotation, name, value }: TraefikReference,
  objects: readonly KubeObject[],
): Fix {
  const object = referenceTo(holder);
  const plural = `${kind.toLowerCase()}s.traefik.io`;
  const look = { run: kubectl(undefined, 'get', plural, '-A'), effect: 'looks' } as const;
  const ids = objects.filter((each) => each.kind === kind).flatMap((each) => traefikNames(each).slice(1));
  const near = ids.find((id) => id === `${object.namespace}-${name}`) ?? nearest(name, ids);
  const summary = `name the ${kind} as \`namespace-name@${CRD_PROVIDER}\`, and create it where it is missing`;
  if (near === undefined) return { summary, commands: [look] };
  const mended = (holder.metadata?.annotations?.[annotation] ?? value)
    .split(',')
    .map((each) => (each.trim() === value ? `${near}@${CRD_PROVIDER}` : each.trim()))
    .join(',');
  return { summary, commands: [look, annotateObject(object, annotation, mended)] };
}
