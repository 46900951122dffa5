import { compareHosts, hostMatches } from '../../src/kubernetes/hosts.ts';

test.each([
  ['shop.example.com', 'shop.example.com', true],
  ['Shop.Example.com', 'shop.example.COM', true],
  ['shop.example.com', 'www.shop.example.com', false],
  ['shop.example.com', 'shop.example.com.evil.test', false],
  ['*.example.com', 'shop.example.com', true],
  ['*.example.com', 'SHOP.example.com', true],
  ['*.example.com', 'example.com', false],
  ['*.example.com', 'a.b.example.com', false],
  ['*.example.com', '.example.com', false],
  ['*.example.com', '*.example.com', true],
  ['*.example.com', 'shopexample.com', false],
  ['', 'anything.test', true],
  ['', '', true],
  ['shop.example.com', '', false],
])('host %p takes %p: %p', (ruleHost, requestHost, expected) => {
  expect(hostMatches(ruleHost, requestHost)).toBe(expected);
});

test('a full name goes before a wildcard before none', () => {
  expect(['', '*.example.com', 'shop.example.com'].toSorted(compareHosts)).toEqual([
    'shop.example.com',
    '*.example.com',
    '',
  ]);
});
