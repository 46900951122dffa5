import type { TruthCase } from '../case.ts';
import { ready } from '../conditions.ts';
import { app, ingress, path, service, web, withMetadata } from '../objects.ts';

/** Hosts and paths: which rule takes a request. */
export const RULE_CASES: readonly TruthCase[] = [
  {
    name: 'host-no-match',
    hop: 'ingress-rule',
    about: 'a request for a host that no rule names',
    expect: { verdict: 'failing', cause: 'host-no-match' },
    objects: web(),
    requests: (site) => [{ host: `www.${site.host}` }],
    byUrl: true,
    until: ready('web'),
    ci: true,
  },
  {
    name: 'host-no-match-wildcard',
    hop: 'ingress-rule',
    about: 'a wildcard host covers one label, the request has two',
    expect: { verdict: 'failing', cause: 'wildcard-host-one-label' },
    objects: web(),
    ingresses: (site) => [
      ingress(site, [], { rules: [{ host: `*.${site.host}`, http: { paths: [path('web')] } }] }),
    ],
    requests: (site) => [{ host: `a.b.${site.host}` }],
    byUrl: true,
    until: ready('web'),
  },
  {
    name: 'path-exact-vs-subpath',
    hop: 'ingress-rule',
    about: 'an Exact path, and a request for a path below it',
    expect: { verdict: 'failing', cause: 'path-exact-vs-subpath' },
    objects: web(),
    ingresses: (site) => [ingress(site, [path('web', 80, { path: '/api', pathType: 'Exact' })])],
    requests: [{ path: '/api/items' }],
    byUrl: true,
    until: ready('web'),
    ci: true,
  },
  {
    name: 'path-prefix-element-boundary',
    hop: 'ingress-rule',
    about: 'a Prefix path matches whole elements: /api is not a prefix of /apis',
    expect: { verdict: 'failing', cause: 'path-prefix-element-boundary' },
    objects: web(),
    ingresses: (site) => [ingress(site, [path('web', 80, { path: '/api' })])],
    requests: [{ path: '/apis' }],
    byUrl: true,
    until: ready('web'),
    ci: true,
  },
  {
    name: 'duplicate-host-path',
    hop: 'ingress-rule',
    about: 'two Ingresses have the same host and path; the older one leads to a Service without Pods',
    expect: {
      'ingress-nginx': { verdict: 'failing', cause: 'duplicate-host-path' },
      // Which of the two it takes is a matter of chance.
      contour: { verdict: 'degraded', cause: 'duplicate-host-path' },
    },
    objects: [...web(), service('old')],
    ingresses: (site) => [
      withMetadata(ingress(site), { name: `web-${site.className}` }),
      withMetadata(ingress(site, [path('old')]), { name: `a-old-${site.className}` }),
    ],
    act: async (bed) => {
      // The older one takes the requests: make the healthy one anew.
      for (const name of ['web-nginx', 'web-contour']) {
        const kept = JSON.parse(await bed.kubectl(['get', 'ingress', name, '-o', 'json']));
        await bed.kubectl(['delete', 'ingress', name]);
        await new Promise((resolve) => setTimeout(resolve, 1500));
        const { apiVersion, kind, spec } = kept;
        await bed.kubectl(['create', '-f', '-'], [{ apiVersion, kind, metadata: { name }, spec }]);
      }
    },
    until: ready('web'),
    ci: true,
  },
  {
    name: 'rule-without-http',
    hop: 'ingress-rule',
    about: 'a rule with a host and no paths',
    expect: { verdict: 'failing', cause: 'rule-without-http' },
    objects: web(),
    ingresses: (site) => [ingress(site, [], { rules: [{ host: site.host }] })],
    until: ready('web'),
  },
  {
    name: 'default-backend-down',
    hop: 'ingress-rule',
    about: "the Ingress's default backend does not exist",
    expect: { verdict: 'failing', cause: 'service-missing', remark: 'default-backend-down' },
    objects: web(),
    ingresses: (site) => [
      ingress(site, [], {
        rules: [{ host: site.host, http: { paths: [path('web', 80, { path: '/api' })] } }],
        defaultBackend: { service: { name: 'fallback', port: { number: 80 } } },
      }),
    ],
    requests: [
      { path: '/api', route: '/api' },
      { path: '/other', route: '/' },
    ],
    until: ready('web'),
    isExclusive: true,
  },
  {
    name: 'resource-backend',
    hop: 'ingress-rule',
    about: 'the backend is a resource, not a Service',
    expect: { verdict: 'failing', cause: 'resource-backend' },
    objects: web(),
    ingresses: (site) => [
      ingress(site, [
        {
          path: '/',
          pathType: 'Prefix',
          backend: { resource: { apiGroup: 'storage.example.test', kind: 'Bucket', name: 'pages' } },
        },
      ]),
    ],
    until: ready('web'),
  },
  {
    name: 'ingress-being-deleted',
    hop: 'ingress-rule',
    about: 'the Ingress is being deleted, and a finalizer holds it',
    expect: { verdict: 'healthy', remark: 'ingress-being-deleted' },
    objects: web(),
    ingresses: (site) => [
      withMetadata(ingress(site), {
        name: `web-${site.className}`,
        finalizers: ['gateway-doctor.test/hold'],
      }),
    ],
    until: ready('web'),
    act: (bed) => bed.kubectl(['delete', 'ingress', '--all', '--wait=false']),
    undo: (bed) =>
      Promise.all(
        ['web-nginx', 'web-contour'].map((name) =>
          bed.kubectl(['patch', 'ingress', name, '--type=merge', '-p', '{"metadata":{"finalizers":null}}']),
        ),
      ),
  },
  {
    name: 'path-other-service-broken',
    hop: 'ingress-rule',
    about: 'by URL: of two paths the one that is asked for leads to a Service without Pods',
    expect: { verdict: 'failing', cause: 'service-selector-no-pods' },
    objects: [...web(), app('api'), service('api', {}, { selector: { app: 'apii' } })],
    ingresses: (site) => [ingress(site, [path('web'), path('api', 80, { path: '/api' })])],
    requests: [{ path: '/api/items' }],
    byUrl: true,
    until: ready('web'),
  },
];
