import { type PodState, running, webContainer } from './definitions.ts';
import {
  ago,
  event,
  info,
  ingress,
  list,
  MINUTE,
  namespace,
  type PlainObject,
  podLog,
  podsOf,
  tlsSecret,
} from './objects.ts';
import { base, ingressNginx } from './platform.ts';
import { app } from './workload.ts';

/** The cluster of `scripts/demo`: four routes of one Ingress, three of them broken, each in its own way. */
export function exampleCluster(): PlainObject {
  const web = app({ namespace: 'shop', name: 'web', containers: [webContainer('web:5.12.0')] });
  const cart = cartApp();
  return list([
    info,
    ...base(),
    ...ingressNginx({ log: controllerLog(addresses(web, 'web'), addresses(cart, 'cart')) }),
    namespace('shop'),
    ...web,
    ...apiApp(),
    ...cart,
    // The Pods' label says `back-end`.
    ...app({
      namespace: 'shop',
      name: 'search',
      labels: { app: 'search', tier: 'back-end' },
      containers: [webContainer('search:1.3.0')],
      service: { selector: { app: 'search', tier: 'backend' } },
    }),
    ...app({ namespace: 'shop', name: 'admin', containers: [webContainer('admin:2.0.4')] }),
    tlsSecret('shop', 'web-tls', ['shop.example.com', 'www.shop.example.com']),
    ingress({
      namespace: 'shop',
      name: 'web',
      className: 'nginx',
      hosts: ['shop.example.com'],
      paths: [
        ['/', 'web', 80],
        ['/api', 'api', 80],
        ['/cart', 'cart', 80],
        ['/search', 'search', 80],
      ],
      tls: [{ hosts: ['shop.example.com'], secretName: 'web-tls' }],
    }),
    ingress({
      namespace: 'shop',
      name: 'admin',
      className: 'ngnix',
      hosts: ['admin.example.com'],
      address: null,
    }),
    namespace('blog'),
    ...app({ namespace: 'blog', name: 'blog', containers: [webContainer('blog:6.4.1')] }),
    ingress({ namespace: 'blog', name: 'blog', className: 'nginx', hosts: ['blog.example.com'] }),
  ]);
}

/** Seconds since the trouble of the api began: 14:02. */
const TROUBLE = 4 * MINUTE;

/** Rolled out at 14:01:20, ready soon after, and 40 seconds later cut off from its database. */
function apiApp(): readonly PlainObject[] {
  const container = webContainer('api:2.4.0');
  const state: PodState = {
    ready: false,
    age: TROUBLE + 40,
    since: TROUBLE,
    containers: [running(container, { since: TROUBLE + 37, ready: false })],
  };
  const api = app({
    namespace: 'shop',
    name: 'api',
    revision: 7,
    rolledOut: TROUBLE + 40,
    containers: [container],
    previous: { containers: [webContainer('api:2.3.1')] },
    pods: [state, state, state],
    conditions: [
      {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
        lastTransitionTime: ago(TROUBLE),
      },
      {
        type: 'Progressing',
        status: 'True',
        reason: 'NewReplicaSetAvailable',
        lastTransitionTime: ago(TROUBLE + 30),
      },
    ],
  });
  return [
    ...api,
    event(
      { kind: 'Deployment', namespace: 'shop', name: 'api' },
      'ScalingReplicaSet',
      'Scaled up replica set to 3',
      { type: 'Normal', age: TROUBLE + 40 },
    ),
    ...podsOf(api, 'api').flatMap(({ name }) => [
      event(
        { kind: 'Pod', namespace: 'shop', name },
        'Unhealthy',
        'Readiness probe failed: HTTP probe failed with statuscode: 500',
        { count: 26, over: TROUBLE + 10, age: 5 },
      ),
      podLog('shop', name, 'app', [
        '2026-03-02T14:01:23Z INFO api 2.4.0 listening on 0.0.0.0:8080',
        '2026-03-02T14:01:24Z INFO connected to postgres:5432',
        '2026-03-02T14:01:49Z ERROR could not connect to postgres:5432',
        ...['02:49', '03:49', '04:49', '05:49'].map(
          (time) => `2026-03-02T14:${time}Z ERROR could not connect to postgres:5432`,
        ),
      ]),
    ]),
  ];
}

/** The Service sends to a port that the program does not listen on. */
function cartApp(): readonly PlainObject[] {
  return app({
    namespace: 'shop',
    name: 'cart',
    containers: [webContainer('cart:0.9.3')],
    service: { ports: [{ name: 'http', port: 80, targetPort: 8000 }] },
  });
}

function addresses(objects: readonly PlainObject[], name: string): readonly string[] {
  return podsOf(objects, name).map(({ ip }) => ip);
}

function controllerLog([web = '']: readonly string[], cart: readonly string[]): readonly string[] {
  return [
    `198.51.100.23 - - [02/Mar/2026:14:03:11 +0000] "GET / HTTP/2.0" 200 5120 "-" "Mozilla/5.0" 412 0.021 [shop-web-80] [] ${web}:8080 5120 0.020 200 6f3e1d`,
    ...cart.map(
      (ip, index) =>
        `2026/03/02 14:05:${String(20 + index * 9)} [error] 34#34: *${9120 + index} connect() failed (111: Connection refused) while connecting to upstream, client: 198.51.100.23, server: shop.example.com, request: "GET /cart HTTP/2.0", upstream: "http://${ip}:8000/cart", host: "shop.example.com"`,
    ),
  ];
}
