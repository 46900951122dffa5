import { isMeantFor } from '../../controllers/path-pattern.ts';
import { hostMatches } from '../../kubernetes/hosts.ts';
import type { Ingress } from '../../kubernetes/types.ts';
import type { Confidence, Evidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { IngressTrace, RequestedUrl, RouteTrace } from '../../model/trace.ts';
import { fieldEvidence } from './evidence.ts';
import { isSameClass, type PathOfIngress, pathsOf } from './same-class.ts';

/** Why the rules of the Ingress's class do not take a URL: each case has a rule of its own. */
type Mismatch =
  | { readonly why: 'host' }
  | { readonly why: 'label'; readonly near: WildcardRule }
  | { readonly why: 'path'; readonly paths: readonly PathOfIngress[] }
  | {
      readonly why: 'pattern' | 'exact' | 'boundary' | 'implementation';
      readonly near: PathOfIngress;
      readonly paths: readonly PathOfIngress[];
    };

/** A rule whose wildcard host takes another number of labels than the requested host has. */
interface WildcardRule {
  readonly ingress: Ingress;
  readonly ruleIndex: number;
  readonly host: string;
}

/** What the route of an unmatched URL looks like: it stands nowhere in the Ingress. */
interface UnmatchedFacts {
  readonly trace: IngressTrace;
  readonly ingress: Ingress;
  readonly route: RouteTrace;
  readonly requestedUrl?: RequestedUrl;
  readonly allIngresses: readonly Ingress[];
}

/** Which part of the URL no rule takes; undefined where some rule does, or the host is served under another name. */
export function mismatchOf({
  ingress,
  route,
  requestedUrl,
  allIngresses,
}: UnmatchedFacts): Mismatch | undefined {
  if (requestedUrl === undefined || route.field !== '' || route.backend !== undefined) return undefined;
  const joined = allIngresses.filter((other) => isSameClass(other, ingress));
  if (joined.some((other) => isAlias(other, requestedUrl.host))) return undefined;
  const paths = pathsOf(joined).filter(({ host }) => hostMatches(host, requestedUrl.host));
  if (paths.length === 0) {
    const near = nearWildcard(joined, requestedUrl.host);
    return near === undefined ? { why: 'host' } : { why: 'label', near };
  }

  const pattern = paths.find((path) => isMeantFor(path.path, requestedUrl.path));
  if (pattern !== undefined) return { why: 'pattern', near: pattern, paths };
  const longest = [...paths].sort((a, b) => b.path.length - a.path.length);
  const exact = longest.find(
    ({ path, pathType }) => pathType === 'Exact' && isBeneath(requestedUrl.path, path),
  );
  if (exact !== undefined) return { why: 'exact', near: exact, paths };
  const boundary = longest.find(
    ({ path, pathType }) => pathType === 'Prefix' && requestedUrl.path.startsWith(path.replace(/\/$/, '')),
  );
  if (boundary !== undefined) return { why: 'boundary', near: boundary, paths };
  const prefix = longest.find(
    ({ path, pathType }) => !['Exact', 'Prefix'].includes(pathType) && isBeneath(requestedUrl.path, path),
  );
  if (prefix !== undefined) return { why: 'implementation', near: prefix, paths };
  return { why: 'path', paths };
}

/** The wildcard rule that was probably meant; none where a name with or without `www.` is nearer. */
function nearWildcard(ingresses: readonly Ingress[], host: string): WildcardRule | undefined {
  const rules = ingresses.flatMap((ingress) =>
    (ingress.spec?.rules ?? []).map((rule, ruleIndex) => ({
      ingress,
      ruleIndex,
      host: (rule.host ?? '').toLowerCase(),
    })),
  );
  if (rules.some((rule) => rule.host !== '' && wwwSibling(rule.host) === host)) return undefined;
  return rules.find(
    (rule) =>
      rule.host.startsWith('*.') && (host === rule.host.slice(2) || host.endsWith(rule.host.slice(1))),
  );
}

/** Whether the requested path lies beneath a path by elements, or differs from it by a slash at the end only. */
function isBeneath(requested: string, path: string): boolean {
  const parent = path.replace(/\/$/, '');
  return requested === parent || requested.startsWith(`${parent}/`);
}

/** Annotations of ingress-nginx and HAProxy Ingress by which a host is served, or redirected, without a rule of its own. */
function isAlias({ metadata, spec }: Ingress, host: string): boolean {
  const annotations = metadata?.annotations ?? {};
  const aliases = ALIAS_ANNOTATIONS.flatMap((key) => (annotations[key] ?? '').split(/[\s,]+/));
  if (aliases.some((alias) => alias !== '' && hostMatches(alias, host))) return true;
  if (annotations['nginx.ingress.kubernetes.io/from-to-www-redirect'] !== 'true') return false;
  return (spec?.rules ?? []).some((rule) => wwwSibling(rule.host ?? '') === host);
}

const ALIAS_ANNOTATIONS = [
  'nginx.ingress.kubernetes.io/server-alias',
  'haproxy-ingress.github.io/server-alias',
  'ingress.kubernetes.io/server-alias',
];

/** The same name with or without `www.`. */
export function wwwSibling(host: string): string {
  return host.startsWith('www.') ? host.slice(4) : `www.${host}`;
}

/** The hosts of the Ingress's rules. */
export function hostsEvidence(ingress: Ingress): readonly Evidence[] {
  return (ingress.spec?.rules ?? [])
    .slice(0, 10)
    .map(({ host }, index) => fieldEvidence(referenceTo(ingress), `spec.rules[${index}].host`, host));
}

/** The paths that the host has, with their types. */
export function pathsEvidence(paths: readonly PathOfIngress[]): readonly Evidence[] {
  return paths
    .slice(0, 10)
    .map(({ ingress, field, path, pathType }) =>
      fieldEvidence(referenceTo(ingress), `${field}.path`, `${path} (${pathType})`),
    );
}

/** How products match is known; of others only what the API says. */
export function routingConfidence({ controller }: IngressTrace): Confidence {
  return controller.profile.product === 'unknown' ? 'likely' : 'certain';
}
