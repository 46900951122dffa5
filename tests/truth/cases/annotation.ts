import type { ControllerName, Expectation, Manifest, Requests, Site, TruthCase } from '../case.ts';
import { ready } from '../conditions.ts';
import { app, ingress, path, service, web, withMetadata } from '../objects.ts';

/** What annotations make of a request: limits, redirects, patterns, protocols. */
export const ANNOTATION_CASES: readonly TruthCase[] = [
  annotated('upstream-read-timeout', {
    about: 'the app takes longer to answer than the proxy waits',
    cause: 'upstream-read-timeout',
    objects: web({ args: ['-delay=8s'] }),
    nginx: { 'proxy-read-timeout': '1', 'proxy-next-upstream-tries': '1' },
    contour: { 'projectcontour.io/response-timeout': '1s' },
    ci: true,
  }),
  annotated('response-header-too-big', {
    about: 'the response has a header larger than the proxy takes',
    cause: 'response-header-too-big',
    objects: web({ args: ['-header-size=20000'] }),
    nginx: {},
    ci: true,
  }),
  annotated('backend-speaks-http', {
    about: 'the proxy speaks TLS to a Pod that speaks plain HTTP',
    cause: 'backend-speaks-http',
    objects: web(),
    nginx: { 'backend-protocol': 'HTTPS' },
    ci: true,
  }),
  annotated('backend-speaks-https', {
    about: 'the proxy speaks plain HTTP to a Pod that speaks TLS',
    cause: 'backend-speaks-https',
    objects: web({
      args: ['-tls'],
      container: {
        readinessProbe: { httpGet: { path: '/ready', port: 'http', scheme: 'HTTPS' }, periodSeconds: 1 },
      },
    }),
    nginx: {},
    contour: {},
    ci: true,
  }),
  annotated('basic-auth-secret-broken', {
    about: 'the Secret with the users does not exist',
    cause: 'basic-auth-secret-broken',
    objects: web(),
    nginx: { 'auth-type': 'basic', 'auth-secret': 'users' },
    ci: true,
  }),
  annotated('plain-redirect-by-design', {
    about: 'everything is redirected to another site',
    remark: 'plain-redirect-by-design',
    objects: web(),
    nginx: { 'permanent-redirect': 'https://elsewhere.example.com' },
    ci: true,
  }),
  annotated('canary-without-primary', {
    about: 'a canary Ingress without a main one',
    cause: 'canary-without-primary',
    objects: web(),
    nginx: { canary: 'true', 'canary-weight': '50' },
    ci: true,
  }),
  annotated('path-star-glob', {
    about: 'a path that ends in /*',
    cause: 'path-star-glob',
    objects: web(),
    nginx: {},
    contour: {},
    paths: [path('web', 80, { path: '/shop/*' })],
    requests: [{ path: '/shop/items' }],
    byUrl: true,
    ci: true,
  }),
  annotated('path-regex-without-use-regex', {
    about: 'a path with a pattern, and use-regex is not set',
    cause: 'path-regex-without-use-regex',
    objects: web(),
    nginx: {},
    paths: [path('web', 80, { path: '/v[0-9]+', pathType: 'ImplementationSpecific' })],
    requests: [{ path: '/v1' }],
    byUrl: true,
  }),
  annotated('rewrite-missing-capture-group', {
    about: 'rewrite-target names a group that the path does not capture',
    cause: 'rewrite-missing-capture-group',
    objects: web({ args: ['-status=404', '-routes=/items=200'] }),
    nginx: { 'use-regex': 'true', 'rewrite-target': '/$2' },
    paths: [path('web', 80, { path: '/shop', pathType: 'ImplementationSpecific' })],
    requests: [{ path: '/shop/items' }],
    byUrl: true,
  }),
  annotated('annotation-risk-rejected-unknown-release', {
    about:
      'a snippet, before a controller whose image tells no release: what becomes of it is only suspected',
    remark: 'annotation-risk-rejected',
    objects: web(),
    nginx: { 'configuration-snippet': 'more_set_headers "X-Shop: 1";' },
  }),
  annotated('service-headless', {
    about: 'the Service is headless',
    objects: [app('web'), service('web', { targetPort: 8080, port: 8080 }, { clusterIP: 'None' })],
    nginx: {},
    contour: {},
    paths: [path('web', 8080)],
  }),
  annotated('healthy-annotations', {
    about: 'limits, time limits and headers that are as they should be',
    objects: web(),
    nginx: {
      'proxy-read-timeout': '120',
      'proxy-body-size': '20m',
      'limit-rps': '100',
      'enable-cors': 'true',
      'proxy-buffer-size': '8k',
    },
    contour: { 'projectcontour.io/response-timeout': '60s', 'projectcontour.io/num-retries': '2' },
    ci: true,
  }),
  annotated('healthy-rewrite', {
    about: 'a pattern with the group that rewrite-target names',
    objects: web({ args: ['-status=404', '-routes=/items=200'] }),
    nginx: { 'use-regex': 'true', 'rewrite-target': '/$2' },
    paths: [path('web', 80, { path: '/shop(/|$)(.*)', pathType: 'ImplementationSpecific' })],
    requests: [{ path: '/shop/items' }],
    byUrl: true,
    ci: true,
  }),
];

interface Annotated {
  readonly about: string;
  /** The rule of the root cause; absent: nothing may be blamed. */
  readonly cause?: string;
  readonly remark?: string;
  readonly objects: readonly Manifest[];
  /** Annotations by their names without the prefix; the case is for this controller where they are there. */
  readonly nginx: Readonly<Record<string, string>>;
  /** Annotations by their whole names. */
  readonly contour?: Readonly<Record<string, string>>;
  readonly paths?: readonly object[];
  readonly requests?: readonly Requests[];
  readonly byUrl?: true;
  readonly ci?: true;
}

function annotated(
  name: string,
  { about, cause, remark, objects, nginx, contour, paths, requests, byUrl, ci }: Annotated,
): TruthCase {
  const expectation: Expectation = {
    verdict: cause === undefined ? 'healthy' : 'failing',
    ...(cause !== undefined && { cause }),
    ...(remark !== undefined && { remark }),
  };
  const annotations: Readonly<Record<ControllerName, Readonly<Record<string, string>>>> = {
    'ingress-nginx': Object.fromEntries(
      Object.entries(nginx).map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value]),
    ),
    contour: contour ?? {},
  };
  return {
    name,
    hop: 'annotation',
    about,
    expect: {
      'ingress-nginx': expectation,
      ...(contour !== undefined && { contour: expectation }),
    },
    objects,
    ingresses: (site: Site) => [
      withMetadata(ingress(site, paths), {
        name: `web-${site.className}`,
        annotations: annotations[site.controller],
      }),
    ],
    until: ready('web'),
    ...(requests !== undefined && { requests }),
    ...(byUrl !== undefined && { byUrl }),
    ...(ci !== undefined && { ci }),
  };
}
