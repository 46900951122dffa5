import { webContainer } from '../definitions.ts';
import { ago, DAY, ingress, type PlainObject, tlsSecret } from '../objects.ts';
import { app } from '../workload.ts';

const NGINX = 'nginx.ingress.kubernetes.io';
const SPACE = 'annotated';

/** An Ingress of ingress-nginx in front of Service `plain`, with annotations of ingress-nginx. */
function nginx(name: string, annotations: Readonly<Record<string, string>>, more: object = {}): PlainObject {
  return ingress({
    namespace: SPACE,
    name,
    className: 'nginx',
    hosts: [`${name}.annotated.example.com`],
    paths: [['/', 'plain', 80]],
    annotations: Object.fromEntries(
      Object.entries(annotations).map(([key, value]) => [`${NGINX}/${key}`, value]),
    ),
    ...more,
  });
}

function secret(name: string, keys: readonly string[], type = 'Opaque'): PlainObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: SPACE }, type, keys };
}

/** Ingresses that ask ingress-nginx for much, all of it right. */
export function annotated(): readonly PlainObject[] {
  const secure = webContainer('secure:1', {
    ports: [{ name: 'https', containerPort: 8443 }],
    readinessProbe: { httpGet: { path: '/', port: 'https', scheme: 'HTTPS' } },
  });
  const calls = webContainer('calls:1', {
    ports: [{ name: 'grpc', containerPort: 9000 }],
    readinessProbe: { grpc: { port: 9000 } },
  });
  return [
    ...app({ namespace: SPACE, name: 'plain' }),
    ...app({ namespace: SPACE, name: 'next' }),
    ...app({
      namespace: SPACE,
      name: 'oauth2-proxy',
      service: { ports: [{ port: 4180, targetPort: 'http' }] },
    }),
    ...app({
      namespace: SPACE,
      name: 'secure',
      containers: [secure],
      service: { ports: [{ name: 'https', port: 443, targetPort: 'https' }] },
    }),
    ...app({
      namespace: SPACE,
      name: 'calls',
      containers: [calls],
      service: { ports: [{ name: 'grpc', port: 9000, targetPort: 'grpc' }] },
    }),
    secret('users', ['auth']),
    secret('clients', ['ca.crt']),
    tlsSecret(SPACE, 'annotated-tls', ['*.annotated.example.com']),

    nginx('limits', {
      'proxy-body-size': '20m',
      'proxy-read-timeout': '120',
      'proxy-send-timeout': '120',
      'proxy-connect-timeout': '5',
      'proxy-buffer-size': '8k',
      'limit-rps': '50',
      'limit-burst-multiplier': '5',
    }),
    nginx(
      'rewritten',
      { 'use-regex': 'true', 'rewrite-target': '/$2' },
      { paths: [['/api(/|$)(.*)', 'plain', 80, 'ImplementationSpecific']] },
    ),
    nginx('weighed', {}),
    nginx(
      'weighed-canary',
      { canary: 'true', 'canary-weight': '20' },
      { hosts: ['weighed.annotated.example.com'], paths: [['/', 'next', 80]] },
    ),
    nginx('users', { 'auth-type': 'basic', 'auth-secret': 'users', 'auth-realm': 'Please log in' }),
    nginx('single-sign-on', {
      'auth-url': `http://oauth2-proxy.${SPACE}.svc.cluster.local:4180/oauth2/auth`,
      'auth-signin': 'https://login.example.com/oauth2/start?rd=$scheme://$host$request_uri',
    }),
    nginx('office', { 'whitelist-source-range': '198.51.100.0/24, 203.0.113.7/32' }),
    nginx('secure', { 'backend-protocol': 'HTTPS' }, { paths: [['/', 'secure', 443]] }),
    nginx('calls', { 'backend-protocol': 'GRPC' }, { paths: [['/', 'calls', 9000]] }),
    nginx('shared', {
      'enable-cors': 'true',
      'cors-allow-origin': 'https://shop.example.com',
      'cors-allow-methods': 'GET, POST, OPTIONS',
    }),
    nginx('sticky', { affinity: 'cookie', 'session-cookie-name': 'route', 'session-cookie-max-age': '3600' }),
    nginx(
      'clients',
      { 'auth-tls-secret': `${SPACE}/clients`, 'auth-tls-verify-client': 'optional' },
      { tls: [{ hosts: ['clients.annotated.example.com'], secretName: 'annotated-tls' }] },
    ),
    nginx('www', { 'from-to-www-redirect': 'true', 'server-alias': 'other.annotated.example.com' }),
    nginx('errors', { 'custom-http-errors': '503', 'default-backend': 'next' }),
    nginx('moved', { 'permanent-redirect': 'https://shop.example.com' }),
    nginx(
      'plain-http',
      { 'ssl-redirect': 'false', 'force-ssl-redirect': 'false' },
      {
        tls: [{ hosts: ['plain-http.annotated.example.com'], secretName: 'annotated-tls' }],
      },
    ),
    ingress({
      namespace: SPACE,
      name: 'foreign',
      className: 'nginx',
      hosts: ['foreign.annotated.example.com'],
      paths: [['/', 'plain', 80]],
      tls: [{ hosts: ['foreign.annotated.example.com'], secretName: 'annotated-tls' }],
      annotations: {
        'example.com/team': 'shop',
        'cert-manager.io/cluster-issuer': 'letsencrypt',
        'external-dns.alpha.kubernetes.io/hostname': 'foreign.annotated.example.com',
        'meta.helm.sh/release-name': 'foreign',
      },
    }),
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: 'annotated-tls', namespace: SPACE, creationTimestamp: ago(80 * DAY) },
      spec: {
        secretName: 'annotated-tls',
        dnsNames: ['*.annotated.example.com'],
        issuerRef: { kind: 'ClusterIssuer', name: 'letsencrypt' },
      },
      status: {
        conditions: [{ type: 'Ready', status: 'True', reason: 'Ready', lastTransitionTime: ago(28 * DAY) }],
        notAfter: ago(-62 * DAY),
        renewalTime: ago(-32 * DAY),
      },
    },
  ];
}
