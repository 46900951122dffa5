import { disagreements, type Observation, overclaimsOf, showAnswers } from './compare.ts';
import type { DiagnosisDocument, RouteDocument } from './doctor.ts';

const HEALTHY: RouteDocument = {
  host: 'shop.test',
  path: '/',
  tls: false,
  verdict: 'healthy',
  prediction: { status: 200, symptom: null, answeredBy: 'application', confidence: 'likely' },
};
const FAILING: RouteDocument = {
  ...HEALTHY,
  verdict: 'failing',
  prediction: { status: 503, symptom: 'no-endpoints', answeredBy: 'ingress-nginx', confidence: 'certain' },
};
const DEGRADED: RouteDocument = {
  ...HEALTHY,
  verdict: 'degraded',
  prediction: { ...HEALTHY.prediction, symptom: 'connection-refused', partialStatus: 503 },
};
const UNREACHABLE: RouteDocument = {
  ...FAILING,
  prediction: { status: null, symptom: 'controller-down', answeredBy: null, confidence: 'certain' },
};

function diagnosis(route: RouteDocument, ...rules: readonly string[]): DiagnosisDocument {
  const findings = rules.map((rule) => ({ rule, confidence: 'likely' }) as const);
  return { verdict: route.verdict, rootCauses: findings, routes: [route], findings };
}

function observed(
  route: RouteDocument | undefined,
  ...statuses: readonly (number | string)[]
): readonly Observation[] {
  return [
    {
      route,
      answers: statuses.map((status) => (typeof status === 'number' ? { status } : { error: status })),
    },
  ];
}

describe('the comparison of what was foretold with what was seen', () => {
  test.each([
    ['a healthy route', HEALTHY, [200, 200]],
    ['a failing route', FAILING, [503, 503]],
    ['a degraded route that shows both answers', DEGRADED, [200, 503]],
    ['a route that nobody answers', UNREACHABLE, ['connection refused']],
  ])('agrees with %s', (_, route, statuses) => {
    expect(disagreements(diagnosis(route), { verdict: route.verdict }, observed(route, ...statuses))).toEqual(
      [],
    );
  });

  test.each([
    ['another status', FAILING, [503, 502]],
    ['a failure on a healthy route', HEALTHY, [200, 500]],
    ['no answer where one was foretold', FAILING, ['connection refused']],
    ['an answer where none was foretold', UNREACHABLE, [404]],
    ['a degraded route that never fails', DEGRADED, [200, 200]],
    ['a degraded route that fails otherwise', DEGRADED, [200, 503, 504]],
    ['a route that the diagnosis lacks', undefined, [404]],
  ])('disagrees with %s', (_, route, statuses) => {
    const about = route ?? HEALTHY;
    expect(
      disagreements(diagnosis(about), { verdict: about.verdict }, observed(route, ...statuses)),
    ).toHaveLength(1);
  });

  test('disagrees with another verdict, another cause, a cause too many and a remark that is missing', () => {
    const found = diagnosis(FAILING, 'service-missing');
    expect(disagreements(found, { verdict: 'degraded', cause: 'service-missing' }, [])).toHaveLength(1);
    expect(disagreements(found, { verdict: 'failing', cause: 'pod-crashloop' }, [])).toHaveLength(1);
    expect(disagreements(found, { verdict: 'failing' }, [])).toHaveLength(1);
    expect(
      disagreements(found, { verdict: 'failing', cause: 'service-missing', remark: 'pod-crashloop' }, []),
    ).toHaveLength(1);
  });

  test('a certificate that was refused is no healthy answer', () => {
    const answers = [{ status: 200, distrusted: 'CERT_HAS_EXPIRED' }];
    const route = { ...HEALTHY, tls: true };
    expect(disagreements(diagnosis(route), { verdict: 'healthy' }, [{ route, answers }])).toHaveLength(1);
  });

  test('answers are counted by kind', () => {
    expect(showAnswers([{ status: 503 }, { status: 200 }, { status: 503 }, { error: 'timed out' }])).toBe(
      '200 ×1, 503 ×2, timed out ×1',
    );
  });
});

describe('what fewer rights may not bring about', () => {
  const full = diagnosis(FAILING, 'pod-crashloop');

  test('less is known: nothing to say against it', () => {
    const limited: DiagnosisDocument = { ...full, verdict: 'unknown', rootCauses: [], findings: [] };
    expect(overclaimsOf(full, limited)).toEqual([]);
  });

  test('a failing Ingress turns healthy', () => {
    expect(overclaimsOf(full, diagnosis(HEALTHY))).toHaveLength(1);
  });

  test('another cause is blamed', () => {
    expect(overclaimsOf(full, diagnosis(FAILING, 'service-missing'))).toHaveLength(1);
  });

  test('a cause becomes surer', () => {
    const limited: DiagnosisDocument = {
      ...full,
      rootCauses: [{ rule: 'pod-crashloop', confidence: 'certain' }],
    };
    expect(overclaimsOf(full, limited)).toHaveLength(1);
  });
});
