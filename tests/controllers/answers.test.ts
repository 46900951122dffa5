import { CONTROLLERS, profileFor } from '../../src/controllers/index.ts';
import type { Product } from '../../src/controllers/profile.ts';
import { SYMPTOMS, type Symptom } from '../../src/model/symptom.ts';
import { settings } from './objects.ts';

const PRODUCTS: readonly Product[] = [
  'ingress-nginx',
  'f5-nginx',
  'traefik',
  'haproxy-ingress',
  'contour',
  'istio',
  'aws-alb',
  'gke',
  'agic',
];

/** Statuses in the order of PRODUCTS; null where it is not verified, or the last configuration stays. */
const MATRIX: readonly (readonly [Symptom, readonly (number | null)[]])[] = [
  ['not-served', [404, 404, 404, 404, 404, 404, null, null, null]],
  ['no-route', [404, 404, 404, 404, 404, 404, 404, 404, 404]],
  ['access-denied', [503, null, null, null, null, null, null, null, null]],
  ['resource-backend', [404, null, 404, null, 404, 404, null, null, null]],
  ['service-missing', [503, 502, 404, 404, 404, 503, 503, null, 502]],
  ['service-port-missing', [503, 502, 404, 404, 404, 503, null, null, 502]],
  ['externalname-refused', [503, 502, 404, 503, 404, null, null, null, null]],
  ['name-unresolved', [503, null, 502, 503, 503, 503, null, null, null]],
  ['targets-unhealthy', [null, null, null, null, null, null, null, 502, 502]],
  ['no-endpoints', [503, 502, 404, 503, 503, 503, 503, 502, 502]],
  ['connection-refused', [502, 502, 502, 503, 503, 503, 502, 502, 502]],
  ['connect-timeout', [504, 504, 504, 503, 503, 503, 504, 502, null]],
  ['response-timeout', [504, 504, 504, 504, 504, 504, 504, null, null]],
  ['connection-reset', [502, 502, 502, 502, 503, 503, 502, 502, 502]],
  ['tls-to-plain-backend', [502, 502, 500, 503, 503, 503, 502, 502, 502]],
  ['plain-to-tls-backend', [400, 400, 400, 400, 400, 400, 400, null, null]],
  ['client-certificate-refused', [400, 400, null, null, null, null, null, null, 400]],
  ['request-header-too-large', [400, 400, 431, 400, 431, 431, null, null, null]],
  ['redirected', [308, 301, null, 302, 301, 301, 301, 301, 301]],
  ['redirect-loop', [308, 301, null, 302, 301, 301, 301, 301, 301]],
  ['forbidden', [403, 403, 403, 403, 403, 403, 403, 403, 403]],
  ['rate-limited', [503, null, 429, 429, 429, 429, null, null, null]],
  ['auth-unavailable', [500, null, 500, null, null, 403, null, null, null]],
  ['body-too-large', [413, 413, 413, 413, null, null, null, null, null]],
  ['backend-certificate-untrusted', [502, null, 500, 503, 503, 503, null, null, 502]],
  ['protocol-mismatch', [502, 502, 502, 502, 503, 503, null, 502, 502]],
  ['response-header-too-large', [502, 502, null, 502, null, null, 502, null, null]],
];

describe.each(MATRIX)('%s', (symptom, statuses) => {
  test.each(PRODUCTS.map((product, index) => [product, statuses[index] ?? null] as const))(
    '%s answers %p',
    (product, status) => {
      expect(profileFor(product).answer(symptom, settings()).status).toBe(status);
    },
  );
});

test('the matrix holds every symptom that depends on the product', () => {
  const common: readonly Symptom[] = [
    'no-address',
    'controller-down',
    'connection-dropped',
    'unreadable-request',
    'stale-configuration',
    'tls-handshake-failure',
    'application-error',
    'wrong-backend',
    'untrusted-certificate',
    'reduced-capacity',
    'dns-down',
  ];
  expect([...MATRIX.map(([symptom]) => symptom), ...common].toSorted()).toEqual(SYMPTOMS.toSorted());
});

describe.each(CONTROLLERS.map((profile) => [profile.product, profile] as const))('%s', (_, profile) => {
  test.each(SYMPTOMS)('says why where it gives no status for %s', (symptom) => {
    const { status, note } = profile.answer(symptom, settings());
    if (status === null) expect(note).toMatch(/\w/);
    else expect(status).toBeGreaterThanOrEqual(200);
  });

  test('what the application answers does not depend on the controller', () => {
    expect(profile.answer('wrong-backend', settings())).toMatchObject({ status: null, by: 'application' });
    expect(profile.answer('untrusted-certificate', settings()).status).toBe(200);
    expect(profile.answer('reduced-capacity', settings()).status).toBe(200);
    expect(profile.answer('application-error', settings())).toMatchObject({
      status: null,
      by: 'application',
    });
  });

  test('without a connection nobody answers', () => {
    expect(profile.answer('no-address', settings())).toMatchObject({ status: null, by: 'nobody' });
    expect(profile.answer('tls-handshake-failure', settings())).toMatchObject({ status: null, by: 'nobody' });
  });

  test('it is nobody who answers for a controller that is down, unless its proxy runs elsewhere', () => {
    const { status, by } = profile.answer('controller-down', settings());
    const mayServeOn = profile.isManaged || profile.product === 'unknown';
    expect(status).toBeNull();
    expect(by).toBe(mayServeOn ? 'controller' : 'nobody');
  });
});

test('what HTTPS clients get without a usable Secret', () => {
  expect(PRODUCTS.map((product) => profileFor(product).brokenCertificate)).toEqual([
    'default-certificate',
    'handshake-failure',
    'default-certificate',
    'default-certificate',
    'handshake-failure',
    'handshake-failure',
    'no-difference',
    'no-https',
    'no-https',
  ]);
});

test('whether a number that is only a targetPort leads to the Service', () => {
  const ports = [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }];
  const service = { metadata: { name: 'web' }, spec: { ports } };
  const found = PRODUCTS.map(
    (product) => profileFor(product).findPort(service, { number: 8080 }) !== undefined,
  );
  expect(found).toEqual([true, false, false, true, false, false, false, false, true]);
});

test('an unknown controller gives no status of its own', () => {
  for (const [symptom] of MATRIX) {
    expect(profileFor('unknown').answer(symptom, settings()).status).toBeNull();
  }
});

test('Traefik answers 503 without endpoints when it allows empty Services', () => {
  const allowed = settings({ 'providers.kubernetesingress.allowemptyservices': 'true' });
  expect(profileFor('traefik').answer('no-endpoints', allowed).status).toBe(503);
  expect(profileFor('traefik').answer('service-missing', allowed).status).toBe(404);
});

test('time limits for a response', () => {
  const limits = CONTROLLERS.map(({ product, responseTimeoutSeconds }) => [product, responseTimeoutSeconds]);
  expect(Object.fromEntries(limits)).toEqual({
    'ingress-nginx': 60,
    'f5-nginx': 60,
    'haproxy-ingress': 50,
    contour: 15,
    'aws-alb': 60,
    gke: 30,
    agic: 30,
  });
});

test('only Traefik looks at serving instead of ready', () => {
  const leaving = { ready: false, serving: true, terminating: true };
  const users = CONTROLLERS.filter((profile) => profile.usesEndpoint(leaving));
  expect(users.map(({ product }) => product)).toEqual(['traefik']);
  // publishNotReadyAddresses makes an endpoint ready that does not serve.
  const published = { ready: true, serving: false, terminating: false };
  expect(profileFor('traefik').usesEndpoint(published)).toBe(false);
  expect(profileFor('ingress-nginx').usesEndpoint(published)).toBe(true);
});

test.each<[Product, Record<string, string>, boolean]>([
  ['ingress-nginx', {}, true],
  ['ingress-nginx', { 'disable-svc-external-name': 'true' }, false],
  ['f5-nginx', {}, false],
  ['f5-nginx', { 'nginx-plus': 'true' }, true],
  ['traefik', {}, false],
  ['traefik', { 'providers.kubernetesingress.allowexternalnameservices': 'true' }, true],
  ['haproxy-ingress', {}, true],
  ['haproxy-ingress', { 'disable-external-name': 'true' }, false],
  ['contour', {}, false],
  ['contour', { enableexternalnameservice: 'true' }, true],
  ['istio', {}, true],
])('%s with %p allows ExternalName Services: %p', (product, values, expected) => {
  expect(profileFor(product).allowsExternalName(settings(values))).toBe(expected);
});
