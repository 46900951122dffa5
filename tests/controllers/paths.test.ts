import { CONTROLLERS } from '../../src/controllers/index.ts';
import { globMatches, hasElementPrefix } from '../../src/controllers/paths.ts';
import { rule, winner } from './objects.ts';

// The examples of https://kubernetes.io/docs/concepts/services-networking/ingress/#examples
test.each([
  ['/', '/anything', true],
  ['/foo', '/foo', true],
  ['/foo', '/foo/', true],
  ['/foo/', '/foo', true],
  ['/foo/', '/foo/', true],
  ['/aaa/bb', '/aaa/bbb', false],
  ['/aaa/bbb', '/aaa/bbb', true],
  ['/aaa/bbb/', '/aaa/bbb', true],
  ['/aaa/bbb', '/aaa/bbb/ccc', true],
  ['/aaa/bbb', '/aaa/bbbxyz', false],
  ['/aaa', '/ccc', false],
])('prefix %p of %p: %p', (prefix, path, expected) => {
  expect(hasElementPrefix(prefix, path)).toBe(expected);
});

test.each([
  ['/foo*', '/foobar/x', true],
  ['/*/bar', '/foo/bar', true],
  ['/*/bar', '/foo/bar/x', false],
  ['/fo?', '/foo', true],
  ['/fo?', '/fo', false],
  ['/a*b*c', '/axxbyyc', true],
  ['/a*b*c', '/axxcyyb', false],
  ['/foo', '/foo', true],
  ['/foo', '/fo', false],
  ['*', '', true],
])('glob %p on %p: %p', (pattern, path, expected) => {
  expect(globMatches(pattern, path)).toBe(expected);
});

test('a glob may take the question mark literally', () => {
  expect(globMatches('/fo?', '/foo', 'literal')).toBe(false);
  expect(globMatches('/fo?', '/fo?', 'literal')).toBe(true);
});

test('a hostile glob ends soon', () => {
  const before = performance.now();
  expect(globMatches('/*a'.repeat(2000), `/${'a'.repeat(8000)}`)).toBe(false);
  expect(performance.now() - before).toBeLessThan(5000);
});

describe.each(CONTROLLERS.map((profile) => [profile.product, profile] as const))('%s', (_, profile) => {
  test('Exact is byte for byte', () => {
    expect(profile.pathMatches(rule('/foo', 'Exact'), '/foo')).toBe(true);
    for (const path of ['/foo/', '/Foo', '/foo/bar', '/foobar', '/']) {
      expect(profile.pathMatches(rule('/foo', 'Exact'), path)).toBe(false);
    }
  });

  test('Prefix takes the path and what is below, and / takes all', () => {
    for (const path of ['/foo', '/foo/', '/foo/bar']) {
      expect(profile.pathMatches(rule('/foo', 'Prefix'), path)).toBe(true);
    }
    expect(profile.pathMatches(rule('/foo', 'Prefix'), '/fo')).toBe(false);
    expect(profile.pathMatches(rule('/', 'Prefix'), '/any/thing')).toBe(true);
  });

  test('no path takes all', () => {
    expect(profile.pathMatches(rule('', 'ImplementationSpecific'), '/any')).toBe(true);
  });

  test('Prefix goes letter by letter only on Traefik and F5', () => {
    const isByLetter = ['traefik', 'f5-nginx'].includes(profile.product);
    expect(profile.pathMatches(rule('/foo', 'Prefix'), '/foobar')).toBe(isByLetter);
  });

  test('the longest prefix wins, and an exact path over a shorter prefix', () => {
    const rules = [rule('/', 'Prefix'), rule('/api', 'Prefix'), rule('/api/items/all', 'Exact')];
    for (const order of [rules, rules.toReversed()]) {
      expect(winner(profile, order, '/api/items/all')).toBe('Exact /api/items/all');
      expect(winner(profile, order, '/api/other')).toBe('Prefix /api');
      expect(winner(profile, order, '/x')).toBe('Prefix /');
    }
  });

  test('an exact path wins over the same prefix, but not on Traefik', () => {
    const rules = [rule('/foo', 'Prefix'), rule('/foo', 'Exact')];
    const expected = profile.product === 'traefik' ? 'Prefix /foo' : 'Exact /foo';
    expect(winner(profile, rules, '/foo')).toBe(expected);
    expect(winner(profile, rules.toReversed(), '/foo')).toBe(expected);
  });
});

/** What an ImplementationSpecific path matches, product by product. */
test.each([
  ['ingress-nginx', '/foo', ['/foo', '/foobar', '/foo/bar']],
  ['f5-nginx', '/foo', ['/foo', '/foobar', '/foo/bar']],
  ['traefik', '/foo', ['/foo', '/foobar', '/foo/bar']],
  ['haproxy-ingress', '/foo', ['/foo', '/foobar', '/foo/bar', '/FOO']],
  ['contour', '/foo', ['/foo', '/foobar', '/foo/bar']],
  ['istio', '/foo', ['/foo']],
  ['aws-alb', '/foo', ['/foo']],
  ['gke', '/foo', ['/foo']],
  ['agic', '/foo', ['/foo']],
  ['unknown', '/foo', ['/foo', '/foo/bar']],
  ['contour', '/foo.*', ['/foo', '/foobar', '/foo/bar']],
  ['contour', '/fo[o]', ['/foo']],
  ['istio', '/foo.*', ['/foo', '/foobar', '/foo/bar']],
  ['istio', '/foo/*', ['/foo', '/foobar', '/foo/bar']],
  ['aws-alb', '/foo/*', ['/foo/bar']],
  ['aws-alb', '/fo?', ['/foo']],
  ['gke', '/foo/*', ['/foo/bar']],
  ['agic', '/foo*', ['/foo', '/foobar', '/foo/bar']],
])('%s: %p without a type matches %p', (product, path, expected) => {
  const profile = CONTROLLERS.find((candidate) => candidate.product === product);
  const requests = ['/foo', '/foobar', '/foo/bar', '/FOO', '/other'];
  expect(
    requests.filter((request) => profile?.pathMatches(rule(path, 'ImplementationSpecific'), request)),
  ).toEqual(expected);
});
