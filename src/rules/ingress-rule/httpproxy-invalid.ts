import { kubectl } from '../../kubernetes/command.ts';
import type { HttpProxy, HttpProxyMatch } from '../../kubernetes/custom/contour.ts';
import { CLASS_ANNOTATION } from '../../kubernetes/ingress-class.ts';
import type { Condition } from '../../kubernetes/types.ts';
import type { Evidence, Report } from '../../model/finding.ts';
import { referenceTo, showReference } from '../../model/reference.ts';
import type { IngressTrace, RouteTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';

export const httpproxyInvalid = defineRule({
  code: 'GD0335',
  name: 'httpproxy-invalid',
  title: 'an HTTPProxy has the host of the Ingress, and takes its requests or is not valid',
  hop: 'ingress-rule',
  severity: 'high',
  confidence: 'likely',
  symptom: 'wrong-backend',
  explains: [],
  visits: 'route',
  needs: [],
  uses: ['httpProxies'],

  *check({ trace, route, httpProxies = [] }) {
    if (route.backend === undefined || route.host === '') return;
    const proxies = httpProxies.filter(
      (proxy) => proxy.spec?.virtualhost?.fqdn?.toLowerCase() === route.host && isOfClass(trace, proxy),
    );
    for (const proxy of proxies) {
      const effect = effectOf(proxy, route);
      if (effect === undefined) continue;
      const object = referenceTo(proxy);
      const { message, ...report } = effect;
      yield {
        object,
        message,
        ...report,
        evidence: [
          fieldEvidence(object, 'spec.virtualhost.fqdn', proxy.spec?.virtualhost?.fqdn),
          ...statusEvidence(proxy),
        ],
        fix: {
          summary: `mend what the status of ${showReference(object)} names, or keep the host in one of the two objects only`,
          commands: [
            {
              run: kubectl(object.namespace, 'describe', 'httpproxies.projectcontour.io', object.name),
              effect: 'looks',
            },
          ],
        },
      };
    }
  },
});

/** Whether the Contour that serves the Ingress takes the HTTPProxy up too. */
function isOfClass({ controller }: IngressTrace, { metadata, spec }: HttpProxy): boolean {
  const field = spec?.ingressClassName;
  const annotation =
    metadata?.annotations?.['projectcontour.io/ingress.class'] ?? metadata?.annotations?.[CLASS_ANNOTATION];
  const binding = { ...(field !== undefined && { field }), ...(annotation !== undefined && { annotation }) };
  return controller.profile.claims(binding, controller.serving?.settings ?? new Map()).claims;
}

type Effect = Pick<Report, 'message' | 'status' | 'symptom' | 'severity'>;

/** What the HTTPProxy does to the requests of the route; undefined for nothing. */
function effectOf(proxy: HttpProxy, route: RouteTrace): Effect | undefined {
  const state = proxy.status?.currentStatus;
  if (state === 'valid') {
    if (!collides(proxy, route)) return undefined;
    return {
      message: `has host \`${route.host}\` and path \`${route.path}\` too, and goes before the Ingress`,
    };
  }
  if (state !== 'invalid' && state !== 'orphaned') return undefined;
  const message = `has host \`${route.host}\` and is ${state}`;
  const errors = errorsOf(proxy);
  const has = (reason: string) => errors.some((error) => error.reason === reason);
  // Where a part of it cannot be resolved Contour answers in its place; otherwise it leaves the host to the Ingress.
  const status = has('ServiceUnresolvedReference') ? 503 : has('IncludeNotFound') ? 502 : undefined;
  if (status === undefined || !collides(proxy, route)) return { message, symptom: null, severity: 'info' };
  return {
    message: `${message}: it answers ${status} for path \`${route.path}\` in place of the Ingress`,
    status,
  };
}

/** Paths that Contour keeps under the same key, so that the HTTPProxy's replaces the Ingress's. */
function collides({ spec }: HttpProxy, { path, pathType }: RouteTrace): boolean {
  const isPlainPrefix =
    path === '/' || (pathType !== 'Exact' && pathType !== 'Prefix' && !/[\^+*[\]%]/.test(path));
  const fits = ({ prefix, exact, regex, header, queryParameter }: HttpProxyMatch) => {
    if (regex !== undefined || header !== undefined || queryParameter !== undefined) return false;
    return pathType === 'Exact' ? exact === path : exact === undefined && (prefix ?? '/') === path;
  };
  if (pathType !== 'Exact' && !isPlainPrefix) return false;
  return [...(spec?.routes ?? []), ...(spec?.includes ?? [])].some(({ conditions = [] }) =>
    conditions.length === 0 ? path === '/' && pathType !== 'Exact' : conditions.every(fits),
  );
}

function errorsOf({ status }: HttpProxy): readonly Condition[] {
  return (status?.conditions ?? []).flatMap(({ errors = [] }) => errors);
}

function statusEvidence(proxy: HttpProxy): readonly Evidence[] {
  const object = referenceTo(proxy);
  const { currentStatus, description } = proxy.status ?? {};
  return [
    fieldEvidence(object, 'status.currentStatus', currentStatus),
    ...(description === undefined ? [] : [fieldEvidence(object, 'status.description', description)]),
    ...errorsOf(proxy)
      .slice(0, 3)
      .map(({ reason, message }) =>
        fieldEvidence(object, 'status.conditions[Valid].errors', `${reason}: ${message}`),
      ),
  ];
}
