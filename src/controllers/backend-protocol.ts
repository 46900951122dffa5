import type { Ingress, Service, ServicePort } from '../kubernetes/types.ts';
import { findAnnotation } from './annotations/read.ts';
import type { Product, Settings } from './profile.ts';

/** What a controller speaks to the Pods behind a Service port, and what makes it do so. */
export interface BackendProtocol {
  readonly tls: boolean;
  /** HTTP/2, which gRPC needs. */
  readonly http2: boolean;
  /** Where it stands; absent where it is the product's default. */
  readonly because?: {
    readonly object: 'ingress' | 'service';
    readonly field: string;
    readonly value: string;
  };
}

const PLAIN: BackendProtocol = { tls: false, http2: false };

/**
 * What the controller speaks to a backend. Undefined where that is not known: products that are told elsewhere than in
 * annotations and the Service, or a protocol that is not HTTP.
 */
export function backendProtocol(
  product: Product,
  ingress: Ingress,
  service: Service,
  port: ServicePort,
  settings: Settings,
): BackendProtocol | undefined {
  switch (product) {
    case 'ingress-nginx':
      return byIngressAnnotation(product, ingress, 'backend-protocol', NGINX, settings);
    case 'haproxy-ingress':
      return (
        byAnnotationOfService(service) ??
        byIngressAnnotation(product, ingress, 'backend-protocol', HAPROXY, settings)
      );
    case 'f5-nginx':
      return byServiceList(ingress, service);
    case 'traefik':
      return ofTraefik(service, port);
    case 'contour':
      return ofContour(service, port);
    case 'aws-alb':
      return byIngressAnnotation(product, ingress, 'backend-protocol', ALB, settings);
    default:
      return undefined;
  }
}

type Words = Readonly<Record<string, Pick<BackendProtocol, 'tls' | 'http2'> | undefined>>;

/** Source: ingress-nginx internal/ingress/annotations/backendprotocol; AUTO_HTTP follows the client. */
const NGINX: Words = {
  HTTP: PLAIN,
  HTTPS: { tls: true, http2: false },
  GRPC: { tls: false, http2: true },
  GRPCS: { tls: true, http2: true },
};

/** Source: haproxy-ingress docs/content/en/docs/configuration/keys.md, `backend-protocol`. */
const HAPROXY: Words = {
  H1: PLAIN,
  'H1-SSL': { tls: true, http2: false },
  H2: { tls: false, http2: true },
  'H2-SSL': { tls: true, http2: true },
  GRPC: { tls: false, http2: true },
  GRPCS: { tls: true, http2: true },
};

const ALB: Words = { HTTP: PLAIN, HTTPS: { tls: true, http2: false } };

function byIngressAnnotation(
  product: Product,
  ingress: Ingress,
  key: string,
  words: Words,
  settings: Settings,
): BackendProtocol | undefined {
  const set = findAnnotation(ingress, product, key, settings);
  if (set === undefined) return PLAIN;
  const meaning = words[set.value.toUpperCase()];
  const because = { object: 'ingress', field: fieldOf(set.name), value: set.value } as const;
  return meaning && { ...meaning, because };
}

function byAnnotationOfService(service: Service): BackendProtocol | undefined {
  const set = findAnnotation(service, 'haproxy-ingress', 'backend-protocol');
  const meaning = HAPROXY[set?.value.toUpperCase() ?? ''];
  if (set === undefined || meaning === undefined) return undefined;
  return { ...meaning, because: { object: 'service', field: fieldOf(set.name), value: set.value } };
}

/** `nginx.org/ssl-services` and `nginx.org/grpc-services` name Services. */
function byServiceList(ingress: Ingress, { metadata }: Service): BackendProtocol {
  const lists = ['ssl-services', 'grpc-services'].map((key) => {
    const set = findAnnotation(ingress, 'f5-nginx', key);
    const names = set?.value.split(',').map((name) => name.trim()) ?? [];
    return set !== undefined && names.includes(metadata?.name ?? '') ? set : undefined;
  });
  const [ssl, grpc] = lists;
  const set = ssl ?? grpc;
  if (set === undefined) return PLAIN;
  const because = { object: 'ingress', field: fieldOf(set.name), value: set.value } as const;
  return { tls: ssl !== undefined, http2: grpc !== undefined, because };
}

/** Source: traefik pkg/provider/kubernetes/ingress, `getProtocol`: the Service's annotation, else port 443 or a name `https...`. */
function ofTraefik(service: Service, port: ServicePort): BackendProtocol {
  const set = findAnnotation(service, 'traefik', 'service.serversscheme');
  if (set !== undefined) {
    const because = { object: 'service', field: fieldOf(set.name), value: set.value } as const;
    return { tls: set.value === 'https', http2: set.value === 'h2c' || set.value === 'https', because };
  }
  // Over TLS it offers HTTP/2 by ALPN.
  if (port.port === 443) return implied('port', '443');
  if (port.name?.startsWith('https') === true) return implied('name', port.name);
  return PLAIN;

  function implied(field: string, value: string): BackendProtocol {
    return { tls: true, http2: true, because: { object: 'service', field: `spec.ports[].${field}`, value } };
  }
}

/** Source: contour internal/dag/accessors.go: appProtocol where it is set, else the Service's annotations by port. */
function ofContour(service: Service, port: ServicePort): BackendProtocol {
  if (port.appProtocol !== undefined) {
    const because = {
      object: 'service',
      field: 'spec.ports[].appProtocol',
      value: port.appProtocol,
    } as const;
    if (port.appProtocol === 'kubernetes.io/h2c') return { tls: false, http2: true, because };
    if (port.appProtocol === 'https') return { tls: true, http2: false, because };
    return PLAIN;
  }
  const kinds = {
    tls: { tls: true, http2: false },
    h2: { tls: true, http2: true },
    h2c: { tls: false, http2: true },
  };
  for (const [kind, meaning] of Object.entries(kinds)) {
    const set = findAnnotation(service, 'contour', `upstream-protocol.${kind}`);
    const ports = set?.value.split(',').map((item) => item.trim()) ?? [];
    if (set !== undefined && (ports.includes(`${port.port}`) || ports.includes(port.name ?? '-'))) {
      return { ...meaning, because: { object: 'service', field: fieldOf(set.name), value: set.value } };
    }
  }
  return PLAIN;
}

function fieldOf(name: string): string {
  return `metadata.annotations[${name}]`;
}

/** An annotation that tells a controller what to speak to a backend. */
export interface ProtocolAnnotation {
  readonly object: 'ingress' | 'service';
  readonly name: string;
  readonly value: string;
}

/** The annotation that makes the product speak it; undefined where it has none. */
export function protocolAnnotation(
  product: Product,
  wanted: 'http' | 'https' | 'grpc',
  service: Service,
  port: ServicePort,
): ProtocolAnnotation | undefined {
  const ownName = service.metadata?.name ?? '';
  switch (product) {
    case 'ingress-nginx':
      return {
        object: 'ingress',
        name: 'nginx.ingress.kubernetes.io/backend-protocol',
        value: wanted.toUpperCase(),
      };
    case 'haproxy-ingress':
      return {
        object: 'ingress',
        name: 'haproxy-ingress.github.io/backend-protocol',
        value: { http: 'h1', https: 'h1-ssl', grpc: 'grpc' }[wanted],
      };
    case 'f5-nginx':
      if (wanted === 'http') return undefined;
      return {
        object: 'ingress',
        name: `nginx.org/${wanted === 'grpc' ? 'grpc' : 'ssl'}-services`,
        value: ownName,
      };
    case 'traefik':
      return {
        object: 'service',
        name: 'traefik.ingress.kubernetes.io/service.serversscheme',
        value: wanted === 'grpc' ? 'h2c' : wanted,
      };
    case 'contour':
      if (wanted === 'http') return undefined;
      return {
        object: 'service',
        name: `projectcontour.io/upstream-protocol.${wanted === 'grpc' ? 'h2c' : 'tls'}`,
        value: `${port.port ?? ''}`,
      };
    case 'aws-alb':
      return {
        object: 'ingress',
        name: `alb.ingress.kubernetes.io/backend-protocol${wanted === 'grpc' ? '-version' : ''}`,
        value: wanted.toUpperCase(),
      };
    default:
      return undefined;
  }
}
