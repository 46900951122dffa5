import type { Evidence, Fix, Report } from '../../model/finding.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { annotateObject } from '../shared/patch.ts';
import {
  annotationEvidence,
  ENTRYPOINTS,
  entryPointEvidence,
  entryPointsFor,
  hasUnusualPort,
  ROUTER_TLS,
  type Router,
  routerOf,
  type Scheme,
} from '../shared/traefik-router.ts';

export const traefikEntrypointMismatch = defineRule({
  code: 'GD0323',
  name: 'traefik-entrypoint-mismatch',
  title: 'the routers of the Ingress are not where its clients come in',
  hop: 'ingress-rule',
  severity: 'high',
  confidence: 'likely',
  symptom: 'no-route',
  explains: [],
  visits: 'route',
  needs: [],
  uses: ['controllerServices'],

  *check({ trace, route, requestedUrl, controllerServices }) {
    const router = routerOf(trace);
    if (router === undefined || route.backend === undefined) return;
    if (router.named.length > 0 && router.on.length === 0) {
      yield {
        ...reportOf(
          trace,
          router,
          `names no entry point that Traefik has: it leaves the routers of the Ingress out`,
        ),
        confidence: 'certain',
      };
      return;
    }
    if (requestedUrl !== undefined && hasUnusualPort(requestedUrl)) return;
    const scheme = requestedUrl?.scheme ?? 'https';
    if (requestedUrl === undefined && !route.tls) return;
    if (router.named.length === 0 && !router.asksForTls) return;
    if (controllerServices === undefined) {
      yield { cannotTell: 'controllerServices' };
      return;
    }
    const incoming = entryPointsFor(trace, router, scheme, controllerServices);
    const reached = incoming.filter((each) => router.on.includes(each));
    // That nobody listens for the scheme at all is about the controller, not about this Ingress.
    if (incoming.length > 0 && reached.length === 0 && router.named.length > 0) {
      const text = `puts the routers on \`${router.named.join('`, `')}\`, where no ${scheme.toUpperCase()} request comes in`;
      yield { ...reportOf(trace, router, text, scheme), partial: requestedUrl === undefined };
      return;
    }
    const isPlain =
      reached.length > 0 && reached.every(({ hasTls, redirectsTo }) => !hasTls && redirectsTo === undefined);
    if (scheme === 'http' && isPlain && router.asksForTls) {
      yield {
        object: trace.reference,
        message: 'its routers take TLS only, so that plain HTTP requests meet no router',
        evidence: [annotationEvidence(trace, ROUTER_TLS), ...entryPointEvidence(trace, reached)],
        fix: {
          summary: 'ask by https, or redirect the entry point of plain HTTP to the one with TLS',
          commands: [],
        },
      };
    }
  },
});

function reportOf(trace: IngressTrace, router: Router, text: string, scheme?: Scheme): Report {
  const evidence: readonly [Evidence, ...Evidence[]] = [
    annotationEvidence(trace, ENTRYPOINTS),
    ...entryPointEvidence(trace, router.all),
  ];
  return {
    object: trace.reference,
    message: `annotation router.entrypoints ${text}`,
    evidence,
    fix: fixOf(trace, router, scheme),
  };
}

function fixOf({ reference, ingress }: IngressTrace, { all }: Router, scheme: Scheme | undefined): Fix {
  const names = all.map(({ name }) => name).filter((name) => name !== 'traefik' && name !== 'metrics');
  const given = (ingress.metadata?.annotations?.[ENTRYPOINTS] ?? '').split(',').map((name) => name.trim());
  const kept = given.filter((name) => names.includes(name.toLowerCase()));
  const wanted = scheme === undefined ? names : [...new Set([...kept, ...names])];
  return {
    summary:
      'name entry points that Traefik has and that clients reach, or take the annotation away to be on the default ones',
    commands: [annotateObject(reference, ENTRYPOINTS, wanted.length === 0 ? undefined : wanted.join(','))],
  };
}
