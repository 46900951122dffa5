import { isCanary } from '../../controllers/annotations/canary.ts';
import { sharesProxy } from '../../controllers/annotations/shared-proxy.ts';
import { plainLength } from '../../controllers/path-pattern.ts';
import type { PathRule } from '../../controllers/profile.ts';
import { byAge, classOf } from '../../kubernetes/ingress-class.ts';
import type { Ingress } from '../../kubernetes/types.ts';
import { showReference } from '../../model/reference.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { ingressesWithHost, isSameClass, type PathOfIngress, pathsOf } from './same-class.ts';

/** The paths that an Ingress's controller has for one rule host, from all Ingresses of the class. */
export interface HostPaths {
  readonly profile: IngressTrace['controller']['profile'];
  readonly paths: readonly PathOfIngress[];
  /** The Ingresses that the paths come from. */
  readonly neighbours: readonly Ingress[];
}

const KNOWN = new WeakMap<readonly Ingress[], Map<string, HostPaths>>();

/**
 * Every path of the rule host (lower case; empty for any host), canaries left out: they never take a path alone.
 * Worked out once for a host, since each of its routes asks.
 */
export function pathsOnHost(
  { ingress, controller, reference }: IngressTrace,
  ingresses: readonly Ingress[],
  host: string,
): HostPaths {
  const { profile } = controller;
  const alone = SEPARATE.has(profile.product) ? showReference(reference) : '';
  const key = JSON.stringify([profile.product, classOf(ingress), host, alone]);
  const known = KNOWN.get(ingresses) ?? new Map<string, HostPaths>();
  KNOWN.set(ingresses, known);
  const made = known.get(key) ?? joinPaths(profile, ingress, ingresses, host);
  known.set(key, made);
  return made;
}

/** Products of which not every Ingress of the class shares its proxy. */
const SEPARATE: ReadonlySet<string> = new Set(['gke', 'aws-alb']);

function joinPaths(
  profile: HostPaths['profile'],
  ingress: Ingress,
  ingresses: readonly Ingress[],
  host: string,
): HostPaths {
  const neighbours = ingressesWithHost(ingresses, host).filter(
    (other) =>
      isSameClass(other, ingress) && !isCanary(other) && sharesProxy(profile.product, other, ingress),
  );
  return { profile, neighbours, paths: pathsOf(neighbours).filter((path) => path.host === host) };
}

/**
 * Whether Ingresses are read together, as the controller does, or each as if it were alone on its host, as whoever
 * wrote it may have thought: `Exact` first, then the path with the most plain text.
 */
type Reading = 'together' | 'alone';

/** Whether the path matches the request path. */
export function takes(
  { profile, neighbours }: HostPaths,
  path: PathOfIngress,
  request: string,
  reading: Reading = 'together',
): boolean {
  return profile.pathMatches(ruleOf(path, neighbours, reading), request);
}

/** The path that a request with one of these hosts is sent to: of those that match the one that the controller prefers. */
export function takerOf(
  host: HostPaths,
  request: string,
  reading: Reading = 'together',
): PathOfIngress | undefined {
  const { profile, paths, neighbours } = host;
  const rule = (path: PathOfIngress) => ruleOf(path, neighbours, reading);
  return paths
    .filter((path) => takes(host, path, request, reading))
    .sort(
      (a, b) =>
        (reading === 'alone' ? byPlainText(a, b) : profile.comparePaths(rule(a), rule(b))) ||
        byAge(a.ingress, b.ingress),
    )[0];
}

function byPlainText(a: PathOfIngress, b: PathOfIngress): number {
  const exactFirst = Number(b.pathType === 'Exact') - Number(a.pathType === 'Exact');
  return exactFirst || plainLength(b.path) - plainLength(a.path);
}

function ruleOf(
  { path, pathType, ingress }: PathOfIngress,
  neighbours: readonly Ingress[],
  reading: Reading,
): PathRule {
  return { path, pathType, ingress, ...(reading === 'together' && { neighbours }) };
}

/** Whether two paths lead to the same Service and port. */
export function isSameBackend(a: PathOfIngress, b: PathOfIngress): boolean {
  return (
    a.ingress.metadata?.namespace === b.ingress.metadata?.namespace &&
    JSON.stringify(a.backend) === JSON.stringify(b.backend)
  );
}

/** Whether the path stands at this field of this Ingress. */
export function standsAt(path: PathOfIngress, ingress: Ingress, field: string): boolean {
  const { name, namespace } = path.ingress.metadata ?? {};
  return path.field === field && name === ingress.metadata?.name && namespace === ingress.metadata?.namespace;
}
