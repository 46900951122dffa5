import type { DiagnosedRoute, Diagnosis, Hop, RootCause } from '../../src/model/diagnosis.ts';
import type { Evidence, Finding } from '../../src/model/finding.ts';
import { type ObjectReference, reference } from '../../src/model/reference.ts';

/** The moment for which all of these hold. */
export const NOW = new Date('2026-11-22T14:06:40Z');

const ingress = reference('Ingress', 'shop', 'web');
const apiService = reference('Service', 'shop', 'api');
const apiDeployment = reference('Deployment', 'shop', 'api');
const apiPod = reference('Pod', 'shop', 'api-7d9f6c5b8d-2xkqp');
const apiSlice = reference('EndpointSlice', 'shop', 'api-x7k2p');

/** A finding with only what a test cares about. */
export function finding(
  given: Partial<Finding> & Pick<Finding, 'code' | 'rule' | 'object' | 'message'>,
): Finding {
  const { object } = given;
  return {
    hop: 'service',
    severity: 'critical',
    confidence: 'certain',
    partial: false,
    evidence: [{ object, field: 'spec', value: 'as it is' }],
    routes: [],
    ...given,
  };
}

function hop(
  object: ObjectReference,
  health: Hop['health'],
  summary: string,
  evidence: readonly Evidence[] = [],
): Hop {
  return { object, health, summary, evidence };
}

function path(
  host: string,
  path: string,
  details: Pick<DiagnosedRoute, 'verdict' | 'prediction' | 'hops'>,
): DiagnosedRoute {
  const name = path === '/' ? 'web' : 'api';
  const backend = { service: { name, port: { name: 'http' } } };
  return { id: `${host}${path}`, host, path, pathType: 'Prefix', tls: true, backend, ...details };
}

const readiness = finding({
  code: 'GD4107',
  rule: 'pod-readiness-http-status',
  hop: 'pod',
  symptom: 'no-endpoints',
  object: apiDeployment,
  message: 'all 3 Pods of Deployment shop/api fail their readiness probe: GET :8080/healthz answers 500',
  since: '2026-11-22T14:02:10Z',
  routes: ['shop.example.com/api'],
  evidence: [
    { object: apiPod, field: 'status.conditions[Ready]', value: 'False (ContainersNotReady)' },
    {
      object: apiPod,
      source: 'Event Unhealthy x36',
      value: 'Readiness probe failed: HTTP probe failed with statuscode: 500',
    },
    {
      object: apiPod,
      source: 'log of container api',
      value: 'ERROR could not connect to postgres:5432\n\tat Pool.connect (pool.js:12)\n',
    },
  ],
  fix: {
    summary: 'roll the Deployment back, or make GET /healthz answer 200',
    commands: [
      { run: 'kubectl -n shop logs deployment/api --container=api --since=10m', effect: 'looks' },
      { run: 'kubectl -n shop rollout undo deployment/api --to-revision=6', effect: 'changes' },
    ],
  },
});

const noneReady = finding({
  code: 'GD2201',
  rule: 'endpoints-all-not-ready',
  hop: 'endpoints',
  symptom: 'no-endpoints',
  object: apiService,
  message: '0 of 3 endpoints are ready',
  evidence: [{ object: apiSlice, field: 'endpoints[*].conditions.ready', value: 'false, false, false' }],
});

const expiry = finding({
  code: 'GD1409',
  rule: 'tls-expires-soon',
  hop: 'tls',
  severity: 'medium',
  object: reference('Secret', 'shop', 'web-tls'),
  message: 'the certificate expires in 12 days',
  evidence: [
    {
      object: reference('Secret', 'shop', 'web-tls'),
      field: 'certificate.notAfter',
      value: '2026-12-04T00:00:00Z',
    },
  ],
});

const noProbe = finding({
  code: 'GD4120',
  rule: 'pod-no-readiness-probe',
  hop: 'pod',
  severity: 'low',
  object: reference('Deployment', 'shop', 'web'),
  message: 'container `web` has no readiness probe',
});

const slow = finding({
  code: 'GD4130',
  rule: 'pod-cpu-saturated',
  hop: 'pod',
  severity: 'medium',
  confidence: 'suspect',
  object: apiPod,
  message: 'container `api` uses 98 % of its CPU limit',
  fix: {
    summary: 'raise the CPU limit, or add replicas',
    commands: [{ run: 'kubectl -n shop top pod api-7d9f6c5b8d-2xkqp --containers', effect: 'looks' }],
  },
});

const ingressHop = hop(ingress, 'ok', 'Prefix /api; TLS Secret web-tls covers the host, 62 days left');
const classHop = hop(reference('IngressClass', undefined, 'nginx'), 'ok', 'k8s.io/ingress-nginx');

const failingHops: readonly Hop[] = [
  ingressHop,
  classHop,
  hop(apiService, 'ok', 'port http (80) → targetPort http', [
    { object: apiService, field: 'spec.selector', value: 'app=api' },
  ]),
  hop(apiSlice, 'failing', '0 of 3 endpoints ready', [
    { object: apiSlice, field: 'endpoints[*].conditions.ready', value: 'false, false, false' },
  ]),
  hop(
    reference('Pod', 'shop', 'api-7d9f6c5b8d-* (3)'),
    'failing',
    'readiness GET :8080/healthz answers 500, 36 times in 4m',
  ),
];

const noEndpoint = {
  status: 503,
  symptom: 'no-endpoints',
  answeredBy: 'ingress-nginx',
  confidence: 'certain',
  reason: 'no ready endpoint',
} as const;

const healthyRoute = path('shop.example.com', '/', {
  verdict: 'healthy',
  prediction: { status: 200, confidence: 'certain', reason: '2 of 2 endpoints ready' },
  hops: [
    hop(ingress, 'ok', 'Prefix /; TLS Secret web-tls covers the host, 62 days left'),
    classHop,
    hop(reference('Service', 'shop', 'web'), 'ok', 'port http (80) → targetPort 8080'),
    hop(reference('EndpointSlice', 'shop', 'web-9zzts'), 'ok', '2 of 2 endpoints ready'),
    hop(reference('Pod', 'shop', 'web-5c9d-* (2)'), 'ok', 'ready, no restarts'),
  ],
});

const controller = {
  product: 'ingress-nginx',
  title: 'ingress-nginx',
  class: 'nginx',
  namespace: 'ingress-nginx',
  readyPods: 2,
  pods: 2,
  addresses: ['203.0.113.10'],
};

const logsForbidden = {
  read: 'pods/log in ingress-nginx',
  reason: 'forbidden: pods is forbidden: User "ann" cannot get resource "pods/log" in API group ""',
  rules: ['app-log-errors', 'pod-ready-but-refusing'],
} as const;

const readinessCause: RootCause = {
  finding: readiness,
  affects: ['shop.example.com/api'],
  explained: [noneReady],
  change: 'rollout 6 → 7 (image api:2.3.1 → api:2.4.0), 40s before',
};

/** Two routes, one of which has no ready endpoint. */
export const failing: Diagnosis = {
  target: ingress,
  verdict: 'failing',
  controller,
  rootCauses: [readinessCause],
  routes: [
    path('shop.example.com', '/api', { verdict: 'failing', prediction: noEndpoint, hops: failingHops }),
    healthyRoute,
  ],
  findings: [expiry, noneReady, readiness, slow, noProbe],
  notChecked: [logsForbidden],
};

/** Some requests run into a Pod that refuses them. */
export const degraded: Diagnosis = {
  target: reference('Ingress', 'shop', 'checkout'),
  verdict: 'degraded',
  controller: { product: 'gke', title: 'GKE Ingress', addresses: [] },
  rootCauses: [
    {
      finding: finding({
        code: 'GD4111',
        rule: 'pod-ready-but-refusing',
        hop: 'pod',
        severity: 'high',
        confidence: 'likely',
        symptom: 'connection-refused',
        partial: true,
        object: apiPod,
        message: 'nothing listens on port 8080, though the Pod is ready',
      }),
      affects: ['/pay'],
      explained: [],
    },
  ],
  routes: [
    {
      ...path('', '/pay', {
        verdict: 'degraded',
        prediction: {
          status: 200,
          partialStatus: 502,
          symptom: 'connection-refused',
          answeredBy: 'GKE Ingress',
          confidence: 'likely',
          reason: '1 of 3 Pods refuses connections',
        },
        hops: [
          hop(apiService, 'ok', 'port 80 → targetPort 8080'),
          hop(apiPod, 'warning', 'ready, but refuses connections on 8080'),
        ],
      }),
      tls: false,
    },
  ],
  findings: [],
  notChecked: [],
};

/** Nothing is wrong. */
export const healthy: Diagnosis = {
  target: ingress,
  verdict: 'healthy',
  controller,
  rootCauses: [],
  routes: [healthyRoute],
  findings: [noProbe],
  notChecked: [],
};

/** Nothing is proven wrong, but much could not be read. */
export const unknown: Diagnosis = {
  target: ingress,
  verdict: 'unknown',
  controller: {
    product: 'unknown',
    title: 'unknown controller',
    class: 'edge',
    addresses: ['lb.example.net'],
  },
  rootCauses: [],
  routes: [
    path('shop.example.com', '/api', {
      verdict: 'unknown',
      prediction: {
        status: null,
        confidence: 'suspect',
        reason: 'cannot be told: pods in shop could not be read (forbidden)',
      },
      hops: [ingressHop, hop(apiService, 'unknown', 'could not be read: forbidden')],
    }),
  ],
  findings: [slow],
  notChecked: [
    logsForbidden,
    {
      read: 'pods in shop',
      reason: 'forbidden: pods is forbidden: User "ann" cannot list resource "pods"',
      rules: ['pod-crashloop', 'pod-oomkilled', 'app-log-errors'],
    },
    { read: 'endpointslices in shop', reason: 'timed-out: no answer within 30s', rules: ['endpoints-none'] },
    { rule: 'netpol-ingress-deny', reason: 'the rule itself broke: unexpected operator' },
  ],
};

/** Text that tries to move the cursor, to reorder or hide characters, to pose as report lines, and to flood. */
export const hostile: Diagnosis = {
  ...failing,
  target: reference('Ingress', 'shop', 'web\u001b[2J\u001b]0;owned\u0007'),
  findings: [],
  rootCauses: [
    {
      ...readinessCause,
      finding: {
        ...readiness,
        message:
          'fine\r\n✓ healthy   https://shop.example.com/\u009b31m \u202egnp.exe\u202c zero\u200bwidth lone\ud800',
        evidence: [
          {
            object: apiPod,
            source: 'log of container api',
            value: `\tat\u001b[31m\nRoot cause (certain)  GD0000\n${'x'.repeat(9000)}`,
          },
          { object: apiPod, source: 'Event Échec', value: '日本語のログ'.repeat(12) },
        ],
        fix: {
          summary: 'unset it',
          commands: [
            {
              run: `kubectl -n shop annotate ingress web 'a\u001b[8m=${'y'.repeat(500)}'`,
              effect: 'changes',
            },
          ],
        },
      },
    },
  ],
};

/** Forty routes: many on one broken path, some on another, the rest healthy. */
export const manyRoutes: Diagnosis = {
  ...failing,
  rootCauses: [
    {
      ...readinessCause,
      affects: Array.from({ length: 14 }, (_, index) => `shop.example.com/api/v${index}`),
    },
    {
      finding: finding({
        code: 'GD2104',
        rule: 'service-targetport-name-missing',
        symptom: 'no-endpoints',
        object: reference('Service', 'shop', 'search'),
        message: 'targetPort `web` is not a port name of any selected Pod',
        evidence: [
          {
            object: reference('Service', 'shop', 'search'),
            field: 'spec.ports[port=80].targetPort',
            value: 'web',
          },
          {
            object: reference('Pod', 'shop', 'search-0'),
            field: 'spec.containers[*].ports[*].name',
            value: 'http, metrics',
          },
        ],
        fix: {
          summary: 'name the port that the Pods declare',
          commands: [
            {
              run: `kubectl -n shop patch service search --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":"http"}]'`,
              effect: 'changes',
            },
          ],
        },
      }),
      affects: ['shop.example.com/search'],
      explained: [],
    },
  ],
  routes: [
    ...Array.from({ length: 25 }, (_, index) => ({
      ...healthyRoute,
      id: `page ${index}`,
      path: `/page/${index}`,
    })),
    ...Array.from({ length: 14 }, (_, index) =>
      path('shop.example.com', `/api/v${index}`, {
        verdict: 'failing',
        prediction: noEndpoint,
        hops: [hop(ingress, 'ok', `Prefix /api/v${index}`), ...failingHops.slice(1)],
      }),
    ),
    path('shop.example.com', '/search', {
      verdict: 'failing',
      prediction: noEndpoint,
      hops: [
        hop(ingress, 'ok', 'Prefix /search'),
        hop(
          reference('Service', 'shop', 'search'),
          'failing',
          'port 80 → targetPort web, which no Pod declares',
        ),
      ],
    }),
  ],
};

/** What a look at all namespaces gives. */
export const several: readonly Diagnosis[] = [
  { ...healthy, target: reference('Ingress', 'docs', 'docs') },
  { ...unknown, target: reference('Ingress', 'edge', 'gateway') },
  degraded,
  failing,
  { ...manyRoutes, target: reference('Ingress', 'archive', 'a-very-long-ingress-name-of-the-archive-team') },
];
