import { contour } from '../../src/controllers/contour.ts';
import { f5Nginx } from '../../src/controllers/f5-nginx.ts';
import { haproxyIngress } from '../../src/controllers/haproxy-ingress.ts';
import { ingressNginx } from '../../src/controllers/ingress-nginx.ts';
import { traefik } from '../../src/controllers/traefik.ts';
import type { ObjectMeta } from '../../src/kubernetes/types.ts';
import { rule, winner } from './objects.ts';

const useRegex: ObjectMeta = { annotations: { 'nginx.ingress.kubernetes.io/use-regex': 'true' } };

function rewrite(target: string): ObjectMeta {
  return { annotations: { 'nginx.ingress.kubernetes.io/rewrite-target': target } };
}

describe('ingress-nginx', () => {
  test.each([useRegex, rewrite('/$2')])('%j makes paths regular expressions', (annotations) => {
    const api = rule('/api(/|$)(.*)', 'ImplementationSpecific', annotations);
    expect(ingressNginx.pathMatches(api, '/api')).toBe(true);
    expect(ingressNginx.pathMatches(api, '/API/items')).toBe(true);
    expect(ingressNginx.pathMatches(api, '/apis')).toBe(false);
  });

  test('without them the path is literal', () => {
    const api = rule('/api(/|$)(.*)', 'ImplementationSpecific');
    expect(ingressNginx.pathMatches(api, '/api/items')).toBe(false);
    const off = rule('/a.c', 'Prefix', {
      annotations: { 'nginx.ingress.kubernetes.io/use-regex': 'false' },
    });
    expect(ingressNginx.pathMatches(off, '/abc')).toBe(false);
  });

  test('a rewrite of a path to itself changes nothing', () => {
    expect(ingressNginx.pathMatches(rule('/foo', 'Exact', rewrite('/foo')), '/foobar')).toBe(false);
    expect(ingressNginx.pathMatches(rule('/foo', 'Exact', rewrite('/')), '/foobar')).toBe(true);
  });

  test('a neighbour with regular expressions takes the anchor off Exact', () => {
    const exact = rule('/foo', 'Exact');
    const neighbour = rule('/other', 'ImplementationSpecific', useRegex).ingress;
    expect(ingressNginx.pathMatches(exact, '/foobar')).toBe(false);
    expect(ingressNginx.pathMatches({ ...exact, neighbours: [neighbour] }, '/foobar')).toBe(true);
  });

  test('of regular expressions the longest text wins, then the later letter, whatever the type', () => {
    const longer = [rule('/api', 'Exact', useRegex), rule('/ap.*', 'Prefix', useRegex)];
    expect(winner(ingressNginx, longer, '/api')).toBe('Prefix /ap.*');
    const equal = [rule('/a.*', 'Prefix', useRegex), rule('/api', 'Exact', useRegex)];
    expect(winner(ingressNginx, equal, '/api')).toBe('Exact /api');
  });

  test('of the same path, Prefix goes before no type', () => {
    const rules = [rule('/foo', 'ImplementationSpecific'), rule('/foo', 'Prefix')];
    expect(winner(ingressNginx, rules, '/foo/bar')).toBe('Prefix /foo');
    expect(winner(ingressNginx, rules, '/foobar')).toBe('ImplementationSpecific /foo');
  });
});

test.each([
  ['case_sensitive', ['/v1/x']],
  ['case_insensitive', ['/v1/x', '/V1/x']],
  ['exact', []],
])('F5 path-regex %s', (kind, expected) => {
  const versions = rule('/v\\d', 'Prefix', { annotations: { 'nginx.org/path-regex': kind } });
  expect(['/v1/x', '/V1/x', '/v'].filter((path) => f5Nginx.pathMatches(versions, path))).toEqual(expected);
});

test('F5 takes a regular expression before a longer prefix', () => {
  const rules = [
    rule('/v1/items', 'Prefix'),
    rule('/v\\d', 'Prefix', { annotations: { 'nginx.org/path-regex': 'case_sensitive' } }),
  ];
  expect(winner(f5Nginx, rules, '/v1/items')).toBe('Prefix /v\\d');
});

describe('Traefik', () => {
  test.each([
    ['Path', '/foo', ['/foo']],
    ['PathPrefix', '/foo', ['/foo', '/foobar', '/x/foo'].slice(0, 2)],
    ['PathRegexp', 'foo$', ['/foo', '/x/foo']],
  ])('router.pathmatcher %s', (matcher, path, expected) => {
    const annotations = { 'traefik.ingress.kubernetes.io/router.pathmatcher': matcher };
    const some = rule(path, 'ImplementationSpecific', { annotations });
    expect(['/foo', '/foobar', '/x/foo'].filter((request) => traefik.pathMatches(some, request))).toEqual(
      expected,
    );
  });

  test('a priority wins over the length', () => {
    const annotations = { 'traefik.ingress.kubernetes.io/router.priority': '1000' };
    const rules = [rule('/foo/bar', 'Prefix'), rule('/', 'Prefix', { annotations })];
    expect(winner(traefik, rules, '/foo/bar')).toBe('Prefix /');
  });
});

test.each([
  ['exact', ['/foo']],
  ['prefix', ['/foo', '/foo/bar']],
  ['begin', ['/foo', '/foo/bar', '/foobar', '/FOO']],
  ['regex', ['/foo', '/foo/bar', '/foobar']],
])('HAProxy Ingress path-type %s', (type, expected) => {
  const some = rule('/foo', 'ImplementationSpecific', {
    annotations: { 'haproxy-ingress.github.io/path-type': type },
  });
  const requests = ['/foo', '/foo/bar', '/foobar', '/FOO'];
  expect(requests.filter((request) => haproxyIngress.pathMatches(some, request))).toEqual(expected);
});

test('Contour takes exact, then regular expressions, then prefixes', () => {
  const rules = [
    rule('/foo/bar', 'Prefix'),
    rule('/f.*', 'ImplementationSpecific'),
    rule('/foo/bar', 'Exact'),
  ];
  expect(winner(contour, rules, '/foo/bar')).toBe('Exact /foo/bar');
  expect(winner(contour, rules, '/foo/bar/x')).toBe('ImplementationSpecific /f.*');
});
