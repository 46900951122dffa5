import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { annotateObject } from '../shared/patch.ts';
import {
  annotationEvidence,
  entryPointEvidence,
  entryPointsFor,
  hasUnusualPort,
  ROUTER_TLS,
  routerOf,
} from '../shared/traefik-router.ts';

export const tlsTraefikRouterNotTls = defineRule({
  code: 'GD0450',
  name: 'tls-traefik-router-not-tls',
  title: 'the routers of the Ingress take no TLS',
  hop: 'tls',
  severity: 'high',
  confidence: 'likely',
  symptom: 'no-route',
  explains: [],
  visits: 'route',
  needs: [],
  uses: ['controllerServices'],

  *check({ trace, ingress, route, requestedUrl, controllerServices }) {
    const router = routerOf(trace);
    if (router === undefined || router.asksForTls || route.backend === undefined) return;
    if (requestedUrl === undefined ? !route.tls : requestedUrl.scheme === 'http') return;
    if (requestedUrl !== undefined && hasUnusualPort(requestedUrl)) return;
    if (controllerServices === undefined) {
      yield { cannotTell: 'controllerServices' };
      return;
    }
    const incoming = entryPointsFor(trace, router, 'https', controllerServices);
    const reached = incoming.filter((each) => router.on.includes(each));
    if (reached.length === 0 || reached.some(({ hasTls }) => hasTls)) return;
    const takesPlain = entryPointsFor(trace, router, 'http', controllerServices);
    const names = reached.map(({ name }) => name).join('`, `');
    const entries = ingress.spec?.tls ?? [];
    yield {
      object: trace.reference,
      message: `its routers take plain HTTP only: entry point \`${names}\` turns no TLS on, and neither does the Ingress${entries.length > 0 ? ', whose spec.tls only brings the certificate' : ''}`,
      evidence: [
        annotationEvidence(trace, ROUTER_TLS),
        ...entryPointEvidence(trace, reached),
        ...(entries.length === 0
          ? []
          : [fieldEvidence(trace.reference, 'spec.tls[0].secretName', entries[0]?.secretName)]),
      ],
      // Plain HTTP goes on where the routers are on an entry point for it.
      partial: requestedUrl === undefined && takesPlain.some((each) => router.on.includes(each)),
      fix: {
        summary:
          'turn TLS on for the routers of the Ingress, or for the entry point in the arguments of Traefik',
        commands: [annotateObject(trace.reference, ROUTER_TLS, 'true')],
      },
    };
  },
});
