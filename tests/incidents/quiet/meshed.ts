import { webContainer } from '../definitions.ts';
import { ingress, namespace, type PlainObject } from '../objects.ts';
import { ingressClass } from '../platform.ts';
import { app } from '../workload.ts';

const SPACE = 'meshed';

const SIDECAR = { name: 'istio-proxy', image: 'registry.example.com/istio/proxyv2:1.26.0' };

function istio(kind: string, group: string, name: string, spec: object): PlainObject {
  return { apiVersion: `${group}.istio.io/v1beta1`, kind, metadata: { name, namespace: SPACE }, spec };
}

/** Pods in a mesh behind a controller outside of it and behind Istio's own gateway, with policies that let them in. */
export function meshed(): readonly PlainObject[] {
  return [
    ...app({
      namespace: SPACE,
      name: 'open',
      containers: [webContainer('open:1'), SIDECAR],
      service: { ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
    }),
    istio('PeerAuthentication', 'security', 'default', { mtls: { mode: 'STRICT' } }),
    istio('PeerAuthentication', 'security', 'open', {
      selector: { matchLabels: { app: 'open' } },
      mtls: { mode: 'STRICT' },
      portLevelMtls: { '8080': { mode: 'PERMISSIVE' } },
    }),
    istio('AuthorizationPolicy', 'security', 'open', {
      selector: { matchLabels: { app: 'open' } },
      action: 'ALLOW',
      rules: [{ to: [{ operation: { ports: ['8080'] } }] }],
    }),
    istio('VirtualService', 'networking', 'open', {
      hosts: ['open'],
      http: [{ route: [{ destination: { host: 'open', subset: 'v1' } }] }],
    }),
    istio('DestinationRule', 'networking', 'open', {
      host: 'open.meshed.svc.cluster.local',
      subsets: [{ name: 'v1', labels: { app: 'open' } }],
    }),
    {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: { name: 'open', namespace: SPACE },
      spec: { endpointSelector: { matchLabels: { app: 'open' } } },
    },
    ingress({
      namespace: SPACE,
      name: 'outside',
      className: 'nginx',
      hosts: ['outside.example.com'],
      paths: [['/', 'open', 80]],
    }),
    namespace('istio-system'),
    ingressClass('istio', 'istio.io/ingress-controller'),
    ...app({
      namespace: 'istio-system',
      name: 'istiod',
      containers: [
        {
          name: 'discovery',
          image: 'registry.example.com/istio/pilot:1.26.0',
          ports: [{ name: 'grpc-xds', containerPort: 15010 }],
        },
      ],
      service: { ports: [{ name: 'grpc-xds', port: 15010, targetPort: 'grpc-xds' }] },
    }),
    ...app({
      namespace: 'istio-system',
      name: 'istio-ingressgateway',
      labels: { app: 'istio-ingressgateway', istio: 'ingressgateway' },
      containers: [
        {
          ...SIDECAR,
          args: ['proxy', 'router'],
          ports: [
            { name: 'http2', containerPort: 8080 },
            { name: 'https', containerPort: 8443 },
          ],
        },
      ],
      service: {
        ports: [
          { name: 'http2', port: 80, targetPort: 'http2' },
          { name: 'https', port: 443, targetPort: 'https' },
        ],
        spec: { type: 'LoadBalancer' },
      },
    }).map((object) =>
      object.kind === 'Service'
        ? { ...object, status: { loadBalancer: { ingress: [{ ip: '203.0.113.30' }] } } }
        : object,
    ),
    ingress({
      namespace: SPACE,
      name: 'gateway',
      className: 'istio',
      hosts: ['gateway.example.com'],
      paths: [['/', 'open', 80]],
      address: { ip: '203.0.113.30' },
    }),
  ];
}
