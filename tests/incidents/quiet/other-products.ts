import { webContainer } from '../definitions.ts';
import { ingress, type PlainObject, tlsSecret } from '../objects.ts';
import { service } from '../service.ts';
import { app } from '../workload.ts';

export function otherProducts(): readonly PlainObject[] {
  const secure = webContainer('secure:1', {
    ports: [{ name: 'https', containerPort: 8443 }],
    readinessProbe: { httpGet: { path: '/', port: 'https', scheme: 'HTTPS' } },
  });
  const address = { ip: '203.0.113.20' };
  const alb = { hostname: 'k8s-other-alb-1a2b3c.eu-west-1.elb.amazonaws.com' };
  return [
    ...app({ namespace: 'other', name: 'plain' }),
    ...app({
      namespace: 'other',
      name: 'secure',
      containers: [secure],
      service: {
        ports: [{ name: 'https', port: 443, targetPort: 'https' }],
        annotations: { 'projectcontour.io/upstream-protocol.tls': 'https' },
      },
    }),
    tlsSecret('other', 'wide-tls', ['*.other.example.com', 'other.example.com']),
    ingress({
      namespace: 'other',
      name: 'contour',
      className: 'contour',
      hosts: ['contour.example.com'],
      paths: [['/', 'plain', 'http']],
      address,
    }),
    ingress({
      namespace: 'other',
      name: 'contour-tls',
      className: 'contour',
      hosts: ['c.other.example.com'],
      paths: [['/', 'secure', 443]],
      tls: [{ hosts: ['c.other.example.com'], secretName: 'wide-tls' }],
      address,
    }),
    ingress({
      namespace: 'other',
      name: 'traefik',
      className: 'traefik',
      hosts: ['traefik.example.com'],
      paths: [
        ['/', 'plain', 80],
        ['/app', 'plain', 'http'],
      ],
      annotations: { 'traefik.ingress.kubernetes.io/router.entrypoints': 'web,websecure' },
      address,
    }),
    ingress({
      namespace: 'other',
      name: 'traefik-tls',
      className: 'traefik',
      hosts: ['t.other.example.com'],
      paths: [['/', 'plain', 80]],
      tls: [{ secretName: 'wide-tls' }],
      address: null,
    }),
    ingress({
      namespace: 'other',
      name: 'haproxy',
      className: 'haproxy',
      hosts: ['haproxy.example.com'],
      paths: [['/', 'plain', 80]],
      address,
    }),
    ingress({
      namespace: 'other',
      name: 'haproxy-annotated',
      hosts: ['haproxy2.example.com'],
      paths: [['/', 'plain', 80, 'ImplementationSpecific']],
      annotations: { 'kubernetes.io/ingress.class': 'haproxy' },
      address,
    }),
    // An ALB that sends to Pods, with its readiness gate, and one that sends to Nodes.
    ...app({
      namespace: 'other',
      name: 'gated',
      pods: [0, 1].map(() => ({
        gates: [{ type: 'target-health.elbv2.k8s.aws/k8s-other-gated-0a1b2c', status: 'True' }],
      })),
    }),
    ingress({
      namespace: 'other',
      name: 'alb-ip',
      className: 'alb',
      hosts: ['alb.example.com'],
      paths: [['/', 'gated', 80]],
      annotations: {
        'alb.ingress.kubernetes.io/target-type': 'ip',
        'alb.ingress.kubernetes.io/scheme': 'internet-facing',
      },
      address: alb,
    }),
    ...app({ namespace: 'other', name: 'nodes', service: { spec: { type: 'NodePort' } } }),
    ingress({
      namespace: 'other',
      name: 'alb-instance',
      className: 'alb',
      hosts: ['alb2.example.com'],
      paths: [['/*', 'nodes', 80, 'ImplementationSpecific']],
      annotations: {
        'alb.ingress.kubernetes.io/certificate-arn': 'arn:aws:acm:eu-west-1:111122223333:certificate/abc',
      },
      address: alb,
    }),
    ...app({
      namespace: 'other',
      name: 'neg',
      service: { annotations: { 'cloud.google.com/neg': '{"ingress":true}' } },
    }),
    ingress({
      namespace: 'other',
      name: 'gke',
      hosts: ['gke.example.com'],
      paths: [['/*', 'neg', 80, 'ImplementationSpecific']],
      annotations: {
        'kubernetes.io/ingress.class': 'gce',
        'ingress.kubernetes.io/backends':
          '{"k8s1-0a1b-other-neg-80-3c4d":"HEALTHY","k8s1-0a1b-kube-system-default-http-backend-80":"HEALTHY"}',
        'kubernetes.io/ingress.global-static-ip-name': 'gke-ip',
      },
      address: { ip: '203.0.113.77' },
    }),
    ingress({
      namespace: 'other',
      name: 'gke-internal',
      hosts: ['gke-internal.example.com'],
      paths: [['/', 'neg', 80]],
      annotations: {
        'kubernetes.io/ingress.class': 'gce-internal',
        'networking.gke.io/managed-certificates': 'gke-cert',
      },
      address: { ip: '10.128.0.9' },
    }),
    // Two Services over the same Pods, one of them by a name that is no label of theirs.
    ...service({ namespace: 'other', name: 'alias', selector: { app: 'plain' } }, []).filter(
      ({ kind }) => kind === 'Service',
    ),
  ];
}
