import { captureGroups, isMeantFor, meantRequest, patternKind } from '../../src/controllers/path-pattern.ts';

test.each([
  ['/foo/*', 'glob'],
  ['/api/(.*)', 'expression'],
  ['/v[0-9]+', 'expression'],
  ['/foo/.*', 'expression'],
  ['/page$', 'expression'],
  ['/users/{id}', undefined],
  ['/a+b.css', undefined],
  ['/', undefined],
])('takes %s for a pattern of kind %s', (path, kind) => {
  expect(patternKind(path)).toBe(kind);
});

test('knows what a star is meant for', () => {
  expect(isMeantFor('/foo/*', '/foo/bar')).toBe(true);
  expect(isMeantFor('/foo/*', '/foo')).toBe(true);
  expect(isMeantFor('/foo/*', '/food')).toBe(false);
  expect(isMeantFor('/foo', '/foo')).toBe(false);
  expect(meantRequest('/foo/*')).toBe('/foo/x');
});

test('knows what an expression is meant for', () => {
  expect(isMeantFor('/api/(.*)', '/api/items')).toBe(true);
  expect(isMeantFor('/api/(.*)', '/apis')).toBe(false);
  expect(meantRequest('/api/(.*)')).toBe('/api/x');
  expect(meantRequest('/api')).toBeUndefined();
});

test.each([
  ['/app', 0],
  ['/app(/|$)(.*)', 2],
  ['/(?:a|b)/(.*)', 1],
  ['/\\(a\\)/[(](.*)', 1],
  ['/(?<rest>.*)', 1],
  ['/(?<!x)y', 0],
])('counts the groups of %s', (source, groups) => {
  expect(captureGroups(source)).toBe(groups);
});
