import { annotation, listAnnotation } from '../../controllers/annotations/read.ts';
import { isTrue } from '../../controllers/settings.ts';
import { type EntryPoint, entryPointsOf, publicPorts } from '../../controllers/traefik-entrypoints.ts';
import type { Service } from '../../kubernetes/types.ts';
import type { Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { IngressTrace, RequestedUrl } from '../../model/trace.ts';
import { fieldEvidence } from './evidence.ts';

export const ENTRYPOINTS = 'traefik.ingress.kubernetes.io/router.entrypoints';
export const ROUTER_TLS = 'traefik.ingress.kubernetes.io/router.tls';

export type Scheme = RequestedUrl['scheme'];

/** Where Traefik listens, and on which of that the routers of the Ingress are. */
export interface Router {
  readonly all: readonly EntryPoint[];
  /** What the annotation names, in lower case; empty without it. */
  readonly named: readonly string[];
  /** The entry points that its routers are on. */
  readonly on: readonly EntryPoint[];
  /** Whether the Ingress itself makes its routers take TLS. */
  readonly asksForTls: boolean;
}

/** Undefined for another product, or where the flags of its installation set up no entry points. */
export function routerOf({ ingress, controller }: IngressTrace): Router | undefined {
  const { profile, serving } = controller;
  if (profile.product !== 'traefik' || serving === undefined) return undefined;
  const all = entryPointsOf(serving.settings);
  if (all.length === 0) return undefined;
  const named = listAnnotation(ingress, 'traefik', 'router.entrypoints').map((name) => name.toLowerCase());
  const on = all.filter(({ name, isDefault }) => (named.length === 0 ? isDefault : named.includes(name)));
  const tls = annotation(ingress, 'traefik', 'router.tls');
  const hasParts = Object.keys(ingress.metadata?.annotations ?? {}).some((name) =>
    name.startsWith(`${ROUTER_TLS}.`),
  );
  return { all, named, on, asksForTls: tls === undefined ? hasParts : isTrue(tls) };
}

const PORTS: Readonly<Record<Scheme, number>> = { http: 80, https: 443 };

/**
 * The entry points of Traefik that clients reach with `scheme` under its usual port, by the Services of the
 * installation. Empty where those lead to none: nobody listens, or the way in is another one.
 */
export function entryPointsFor(
  { controller }: IngressTrace,
  { all }: Router,
  scheme: Scheme,
  services: readonly Service[],
): readonly EntryPoint[] {
  const proxies = controller.serving?.proxies ?? [];
  return all.filter((each) => publicPorts(each, services, proxies).includes(PORTS[scheme]));
}

/** Whether the URL names a port of its own, of which nothing is known. */
export function hasUnusualPort({ url }: RequestedUrl): boolean {
  return /^[a-z]+:\/\/[^/?#]*:\d+(?:[/?#]|$)/i.test(url) && !/:(?:80|443)(?:[/?#]|$)/.test(url);
}

/** The flags that set up the entry points. */
export function entryPointEvidence(
  { controller }: IngressTrace,
  entryPoints: readonly EntryPoint[],
): readonly Evidence[] {
  const workload = controller.serving?.proxies[0];
  if (workload === undefined) return [];
  return entryPoints.slice(0, 4).map(({ name, port, hasTls }) => ({
    object: referenceTo(workload),
    source: `argument --entryPoints.${name}.address`,
    value: `:${port ?? ''}${hasTls ? ', with TLS' : ', without TLS'}`,
  }));
}

/** The annotation as it stands. */
export function annotationEvidence({ ingress, reference }: IngressTrace, name: string): Evidence {
  return fieldEvidence(reference, `metadata.annotations[${name}]`, ingress.metadata?.annotations?.[name]);
}
