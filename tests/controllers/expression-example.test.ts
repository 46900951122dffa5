import { exampleOf } from '../../src/controllers/expression-example.ts';

test.each([
  ['/api/(.*)', '/api/x'],
  ['/app(/|$)(.*)', '/app/x'],
  ['/app($|/)(.*)', '/app/x'],
  ['^/v[0-9]+/items$', '/v0/items'],
  ['/(?:a|b)/\\d{3}', '/a/000'],
  ['/x\\.css', '/x.css'],
  ['/[^/]+/edit', '/x/edit'],
])('finds a request for %s', (source, example) => {
  expect(exampleOf(source)).toBe(example);
});

test('gives up on what is not understood', () => {
  expect(exampleOf('/(?!private)(.*)')).toBeUndefined();
  expect(exampleOf('/a(b')).toBeUndefined();
});
