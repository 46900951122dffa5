import { readTarget } from '../../src/cli/target-words.ts';

describe('names what is diagnosed', () => {
  test.each<[string, object]>([
    ['', { kind: 'everything' }],
    ['ing', { kind: 'everything' }],
    ['ingresses', { kind: 'everything' }],
    ['web', { kind: 'name', name: 'web' }],
    ['shop.example.com', { kind: 'name', name: 'shop.example.com' }],
    ['ing/web', { kind: 'name', name: 'web' }],
    ['Ingress/web', { kind: 'name', name: 'web' }],
    ['ingresses.networking.k8s.io/web', { kind: 'name', name: 'web' }],
    ['ing web', { kind: 'name', name: 'web' }],
    ['ingress web', { kind: 'name', name: 'web' }],
    ['ingress shop/web', { kind: 'name', namespace: 'shop', name: 'web' }],
    ['shop/web', { kind: 'name', namespace: 'shop', name: 'web' }],
  ])('`%s`', (line, expected) => {
    expect(readTarget(line === '' ? [] : line.split(' '))).toEqual(expected);
  });

  test.each<[string, 'http' | 'https', string, string]>([
    ['https://shop.example.com/api/items?page=2#top', 'https', 'shop.example.com', '/api/items'],
    ['http://Shop.Example.com', 'http', 'shop.example.com', '/'],
    ['HTTPS://shop.example.com:8443/', 'https', 'shop.example.com', '/'],
    ['http://203.0.113.10/a%20b', 'http', '203.0.113.10', '/a%20b'],
  ])('`%s`', (url, scheme, host, path) => {
    expect(readTarget([url])).toEqual({ kind: 'url', url, scheme, host, path });
  });
});

describe('refuses what names no Ingress', () => {
  test.each<[string]>([
    ['web api'],
    ['ing web api'],
    ['https://shop.example.com other'],
    ['a/b/c'],
    ['shop.example.com/api'],
    ['pod/web-1'],
    ['svc/web'],
    ['Web'],
    ['web_1'],
    ['shop/'],
    ['/web'],
    ['ing/'],
    ['ftp://shop.example.com/'],
    ['https://'],
    ['web\u001b[31m'],
  ])('`%s`', (line) => {
    expect(() => readTarget(line.split(' '))).toThrow(expect.objectContaining({ name: 'UsageError' }));
  });
});
