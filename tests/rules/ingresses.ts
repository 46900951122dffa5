/** Parts of Ingress shop/web that the tests of class, address, rule and TLS rules vary. */
interface IngressParts {
  readonly name?: string;
  readonly namespace?: string;
  /** `null` leaves the field out. */
  readonly className?: string | null;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly created?: string;
  readonly host?: string;
  readonly path?: string;
  readonly pathType?: string;
  readonly service?: string;
  readonly hasAddress?: boolean;
  /** Further fields of `spec`. */
  readonly spec?: object;
  /** Further fields of `metadata`. */
  readonly metadata?: object;
}

/** An Ingress as one document of an overlay, in JSON (which is YAML too); shop/web of the base where nothing is said. */
export function ingress(parts: IngressParts = {}): string {
  const {
    name = 'web',
    namespace = 'shop',
    className = 'nginx',
    annotations = {},
    created = '2026-02-10T00:00:00Z',
    host = 'shop.example.com',
    path = '/',
    pathType = 'Prefix',
    service = 'web',
    hasAddress = true,
    spec = {},
    metadata = {},
  } = parts;
  const backend = { service: { name: service, port: { number: 80 } } };
  return document({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace, creationTimestamp: created, annotations, ...metadata },
    spec: {
      ...(className !== null && { ingressClassName: className }),
      rules: [{ host, http: { paths: [{ path, pathType, backend }] } }],
      ...spec,
    },
    status: { loadBalancer: hasAddress ? { ingress: [{ ip: '203.0.113.10' }] } : {} },
  });
}

/** An IngressClass. */
export function ingressClass(name: string, controller: string, annotations: object = {}): string {
  return document({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name, annotations },
    spec: { controller },
  });
}

interface SecretParts {
  readonly names?: readonly string[];
  readonly notBefore?: string;
  readonly notAfter?: string;
  readonly type?: string;
  readonly keyMatches?: boolean;
  readonly name?: string;
}

/** A TLS Secret shop/web-tls that is right for shop.example.com unless something else is said. */
export function tlsSecret(parts: SecretParts = {}): string {
  const {
    names = ['shop.example.com'],
    notBefore = '2026-01-01T00:00:00Z',
    notAfter = '2026-06-01T00:00:00Z',
    type = 'kubernetes.io/tls',
    keyMatches = true,
    name = 'web-tls',
  } = parts;
  return document({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: 'shop' },
    type,
    keys: ['tls.crt', 'tls.key'],
    certificates: [{ subject: 'CN=a', issuer: 'CN=b', names, notBefore, notAfter }],
    keyMatches,
  });
}

/** `spec.tls` for one host of Secret web-tls. */
export function tlsFor(...hosts: readonly string[]): object {
  return { tls: [{ hosts, secretName: 'web-tls' }] };
}

/** One document of an overlay. */
export function document(object: object): string {
  return `---\n${JSON.stringify(object)}\n`;
}
