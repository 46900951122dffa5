import { type ExpressionOptions, expressionMatches, literalHead } from '../../src/controllers/expression.ts';

const start: ExpressionOptions = { anchor: 'start' };

test.each([
  ['/foo', '/foobar', true],
  ['/foo', '/xfoo', false],
  ['/api(/|$)(.*)', '/api', true],
  ['/api(/|$)(.*)', '/api/items', true],
  ['/api(/|$)(.*)', '/apis', false],
  ['/v[0-9]+/x', '/v12/x', true],
  ['/v[0-9]+/x', '/v/x', false],
  ['/[^/]+/end$', '/one/end', true],
  ['/[^/]+/end$', '/one/two/end', false],
  ['/a{2,3}$', '/aa', true],
  ['/a{2,3}$', '/aaaa', false],
  ['/a{2}b', '/aab', true],
  ['/a{2,}b', '/aaaab', true],
  ['/a{,2}', '/a{,2}', true],
  ['/(?:one|two)?/x', '/two/x', true],
  ['/\\d\\D\\w\\W\\s\\S', '/1a_- b', true],
  ['/a\\.b', '/a.b', true],
  ['/a\\.b', '/axb', false],
  ['/a.b', '/axb', true],
  ['/.*?/b', '/x/b', true],
  ['/[]a]+$', '/]a', true],
  ['/[a-]+$', '/a-', true],
  ['/[\\w.-]+$', '/a.b-c', true],
  ['', '/anything', true],
  ['/(a||b)$', '/', true],
])('%p at the start of %p: %p', (source, path, expected) => {
  expect(expressionMatches(source, path, start)).toBe(expected);
});

test('anchors', () => {
  expect(expressionMatches('/foo', '/foo/bar', { anchor: 'whole' })).toBe(false);
  expect(expressionMatches('/foo/.*', '/foo/bar', { anchor: 'whole' })).toBe(true);
  expect(expressionMatches('bar', '/foo/bar', { anchor: 'none' })).toBe(true);
  expect(expressionMatches('^bar', '/foo/bar', { anchor: 'none' })).toBe(false);
});

test('case', () => {
  expect(expressionMatches('/Foo[A-C]', '/fOOb', { anchor: 'start', ignoreCase: true })).toBe(true);
  expect(expressionMatches('/\\D', '/1', { anchor: 'start', ignoreCase: true })).toBe(false);
  expect(expressionMatches('/Foo', '/foo', start)).toBe(false);
});

test.each([
  '/foo(?=bar)',
  '/foo(?<n>x)',
  '/foo[a',
  '/foo(',
  '/foo)',
  '/foo**',
  '/foo\\b',
  '/foo[[:alpha:]]',
  '/foo\\',
])('%p is not understood: its literal head decides', (source) => {
  expect(expressionMatches(source, '/foo/x', start)).toBe(true);
  expect(expressionMatches(source, '/fob', start)).toBe(false);
});

test.each([
  `/${'(a+)+'.repeat(3)}$`,
  `/${'.*'.repeat(40)}$x`,
  '/((a|a)*|(a|aa)+)*$',
  '/(((a{30}){30}){30}){30}$',
  `/${'('.repeat(5000)}`,
  `/${'a?'.repeat(500)}${'a'.repeat(500)}b`,
])('hostile %# ends soon', (source) => {
  const before = performance.now();
  expect(typeof expressionMatches(source, `/${'a'.repeat(8000)}!`, start)).toBe('boolean');
  expect(performance.now() - before).toBeLessThan(5000);
});

test('paths that no proxy accepts match nothing', () => {
  expect(expressionMatches('/', `/${'a'.repeat(9000)}`, start)).toBe(false);
});

test('the literal head ends at the first character with a meaning', () => {
  expect(literalHead('^/api/v1(/|$)')).toBe('/api/v1');
  expect(literalHead('/plain')).toBe('/plain');
});
