import { booleanAnnotation, findAnnotation } from '../../controllers/annotations/read.ts';
import { fixedRedirect, httpsRedirect, type Redirect } from '../../controllers/annotations/redirects.ts';
import { routerReferences } from '../../controllers/annotations/traefik-references.ts';
import { entryPointsOf } from '../../controllers/traefik-entrypoints.ts';
import { type Middleware, traefikNames } from '../../kubernetes/custom/traefik.ts';
import type { Evidence, Fix } from '../../model/finding.ts';
import type { IngressTrace, RequestedUrl, RouteTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { annotateObject } from '../shared/patch.ts';
import { wwwSibling } from '../shared/unmatched-url.ts';

export const plainRedirectByDesign = defineRule({
  code: 'GD0562',
  name: 'plain-redirect-by-design',
  title: 'the controller redirects requests on purpose',
  hop: 'annotation',
  severity: 'info',
  confidence: 'certain',
  symptom: 'redirected',
  explains: [],
  visits: 'route',
  needs: [],
  uses: ['traefikObjects'],

  *check({ trace, route, requestedUrl, traefikObjects = [] }) {
    const redirect = redirectOf(trace, route, requestedUrl, traefikObjects);
    if (redirect === undefined) return;
    const { status, isHttpOnly, words } = redirect;
    yield {
      object: trace.reference,
      message: words,
      evidence: [evidenceOf(trace, redirect)],
      ...(status !== undefined && { status }),
      partial: isHttpOnly && requestedUrl === undefined,
      // Behind a redirect to https the same route answers; elsewhere it leads away.
      isFinal: !isHttpOnly && redirect.annotation?.key !== 'app-root',
      // A ConfigMap that could not be read may turn it off, or have another status for it.
      ...(redirect.annotation === undefined && trace.controller.serving?.config.ok === false
        ? { confidence: 'likely' as const }
        : {}),
      fix: fixOf(trace, redirect),
    };
  },
});

interface Answered extends Redirect {
  readonly words: string;
  /** Only plain HTTP is redirected. */
  readonly isHttpOnly: boolean;
}

function redirectOf(
  trace: IngressTrace,
  route: RouteTrace,
  requestedUrl: RequestedUrl | undefined,
  middlewares: readonly Middleware[],
): Answered | undefined {
  const { ingress, controller } = trace;
  const { product, title } = controller.profile;
  const settings = controller.serving?.settings ?? new Map<string, string>();
  if (route.field === '') return wwwRedirect(trace, requestedUrl);
  const fixed = fixedRedirect(ingress, product, requestedUrl?.path ?? route.path);
  if (fixed !== undefined) {
    const what = fixed.annotation?.key === 'app-root' ? 'requests for `/`' : 'every request';
    return {
      ...fixed,
      isHttpOnly: false,
      words: `${what} is answered with ${fixed.status} to \`${fixed.annotation?.value}\``,
    };
  }
  if (requestedUrl?.scheme === 'https') return undefined;
  const secure =
    product === 'traefik'
      ? traefikRedirect(trace, middlewares)
      : httpsRedirect(product, ingress, settings, route.tls);
  // That TLS brings the redirect with it is news only to who asks by http.
  if (secure === undefined || (requestedUrl === undefined && secure.annotation === undefined))
    return undefined;
  const code = secure.status === undefined ? '' : ` with ${secure.status}`;
  return {
    ...secure,
    isHttpOnly: true,
    words: `${title} answers plain HTTP requests${code} to the same URL with https`,
  };
}

/** The host with or without `www.`, which is sent to the one of the rule. */
function wwwRedirect(
  { ingress, controller }: IngressTrace,
  requestedUrl: RequestedUrl | undefined,
): Answered | undefined {
  const { product } = controller.profile;
  const isAsked = booleanAnnotation(ingress, 'ingress-nginx', 'from-to-www-redirect') === true;
  if (product !== 'ingress-nginx' || !isAsked || requestedUrl === undefined) return undefined;
  const host = wwwSibling(requestedUrl.host);
  if (!ingress.spec?.rules?.some((rule) => rule.host?.toLowerCase() === host)) return undefined;
  const annotation = findAnnotation(ingress, product, 'from-to-www-redirect');
  return {
    status: Number(controller.serving?.settings.get('http-redirect-code') ?? 308),
    ...(annotation !== undefined && { annotation }),
    because: 'from-to-www-redirect',
    isHttpOnly: false,
    words: `\`${requestedUrl.host}\` is sent to \`${host}\``,
  };
}

/** By its entry point, or by a middleware of the Ingress. */
function traefikRedirect(
  { ingress, controller }: IngressTrace,
  middlewares: readonly Middleware[],
): Redirect | undefined {
  const named = routerReferences(ingress).find(({ name }) =>
    middlewares.some(
      (object) => object.spec?.redirectScheme?.scheme === 'https' && traefikNames(object).includes(name),
    ),
  );
  if (named !== undefined) {
    const annotation = findAnnotation(ingress, 'traefik', 'router.middlewares');
    return { because: named.annotation, ...(annotation !== undefined && { annotation }) };
  }
  const entryPoint = entryPointsOf(controller.serving?.settings ?? new Map()).find(
    ({ redirectsTo }) => redirectsTo !== undefined,
  );
  if (entryPoint === undefined) return undefined;
  return { because: `entryPoints.${entryPoint.name}.http.redirections.entryPoint.to` };
}

function evidenceOf(
  { reference, ingress, controller }: IngressTrace,
  { annotation, because }: Answered,
): Evidence {
  if (annotation !== undefined) {
    return fieldEvidence(reference, `metadata.annotations[${annotation.name}]`, annotation.value);
  }
  if (because === 'spec.tls') {
    return fieldEvidence(
      reference,
      'spec.tls',
      (ingress.spec?.tls ?? []).flatMap(({ hosts = [] }) => hosts).join(', '),
    );
  }
  const value = controller.serving?.settings.get(because.toLowerCase()) ?? 'true';
  return { object: reference, source: `setting ${because} of the controller`, value };
}

function fixOf({ reference, controller }: IngressTrace, { annotation, isHttpOnly }: Answered): Fix {
  const summary = isHttpOnly
    ? 'nothing, if HTTPS is wanted: ask by https; otherwise turn the redirect off'
    : 'nothing, if the redirect is wanted; otherwise take the annotation away';
  if (annotation !== undefined) {
    return { summary, commands: [annotateObject(reference, annotation.name, undefined)] };
  }
  if (controller.profile.product !== 'ingress-nginx') return { summary, commands: [] };
  return {
    summary,
    commands: [annotateObject(reference, 'nginx.ingress.kubernetes.io/ssl-redirect', 'false')],
  };
}
