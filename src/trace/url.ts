import { isCanary } from '../controllers/annotations/canary.ts';
import type { PathRule } from '../controllers/profile.ts';
import { compareHosts, hostMatches } from '../kubernetes/hosts.ts';
import { byAge } from '../kubernetes/ingress-class.ts';
import { nearest } from '../kubernetes/nearest.ts';
import type { Ingress } from '../kubernetes/types.ts';
import type { RequestedUrl, RouteTrace } from '../model/trace.ts';
import { bindClass } from './binding.ts';
import { traceController } from './controllers.ts';
import type { Lookup } from './lookup.ts';
import { routesOf } from './routes.ts';

interface Matched {
  readonly ingress: Ingress;
  readonly route: RouteTrace;
}

/**
 * The Ingress and route that a request for the URL takes: most specific host first, then the path that the
 * controller prefers, then the older Ingress, as most controllers have it. When no path matches, the default
 * backend of an Ingress with that host; when nothing does, the nearest Ingress with a route without backend.
 */
export function resolveUrl(
  lookup: Lookup,
  ingresses: readonly Ingress[],
  url: RequestedUrl,
): readonly Matched[] {
  const all = ingresses.flatMap((ingress) => routesOf(ingress).map((route) => ({ ingress, route })));
  const withHost = all.filter(({ route }) => route.field !== DEFAULT && hostMatches(route.host, url.host));
  const hosts = [...new Set(withHost.map(({ route }) => route.host))].sort(compareHosts);

  for (const host of hosts) {
    const sharing = withHost.filter(({ route }) => route.host === host);
    const neighbours = [...new Set(sharing.map(({ ingress }) => ingress))];
    const rule = ({ ingress, route: { path, pathType } }: Matched): PathRule => ({
      path,
      pathType,
      ingress,
      neighbours,
    });
    const matching = sharing
      .filter(({ route }) => route.backend !== undefined)
      .filter((candidate) => profileOf(lookup, candidate.ingress).pathMatches(rule(candidate), url.path))
      .sort(
        (a, b) =>
          // A canary takes its share of what its main Ingress takes, never a path alone.
          Number(isCanary(a.ingress)) - Number(isCanary(b.ingress)) ||
          profileOf(lookup, a.ingress).comparePaths(rule(a), rule(b)) ||
          byAge(a.ingress, b.ingress),
      );
    const [winner] = matching;
    if (winner !== undefined) return [winner];
  }

  const [sameHost] = withHost;
  const fallback = all.find(
    ({ ingress, route }) =>
      route.field === DEFAULT && (sameHost === undefined || ingress === sameHost.ingress),
  );
  if (fallback !== undefined) return [fallback];
  const near = sameHost?.ingress ?? nearestIngress(all, url.host);
  return near === undefined ? [] : [{ ingress: near, route: unmatched(url) }];
}

const DEFAULT = 'spec.defaultBackend';

function profileOf(lookup: Lookup, ingress: Ingress): ReturnType<typeof traceController>['profile'] {
  return traceController(
    lookup,
    bindClass(ingress, lookup.list('IngressClass', {})),
    ingress.metadata?.namespace,
  ).profile;
}

/** The Ingress whose hosts come nearest: what the user probably meant. */
function nearestIngress(all: readonly Matched[], host: string): Ingress | undefined {
  const hosts = all.map(({ route }) => route.host).filter((candidate) => candidate !== '');
  const near = nearest(host, hosts);
  return (all.find(({ route }) => route.host === near) ?? all[0])?.ingress;
}

/** What stands for a request that nothing matches. */
function unmatched({ scheme, host, path }: RequestedUrl): RouteTrace {
  return { id: `${host}${path}`, host, path, pathType: '', tls: scheme === 'https', field: '' };
}
