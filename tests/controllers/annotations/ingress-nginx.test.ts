import { INGRESS_NGINX } from '../../../src/controllers/annotations/ingress-nginx.ts';

function accepts(key: string, value: string): boolean | undefined {
  return INGRESS_NGINX.keys.get(key)?.accepts?.(value);
}

test('snippets alone have the highest risk', () => {
  const critical = [...INGRESS_NGINX.keys].filter(([, { risk }]) => risk === 'Critical').map(([key]) => key);
  expect(critical.every((key) => key.endsWith('-snippet'))).toBe(true);
  expect(critical).toHaveLength(5);
});

test('every annotation has a risk, a check, its words, and what follows from a refusal', () => {
  const lacking = [...INGRESS_NGINX.keys].filter(
    ([, { risk, accepts, expects, whenInvalid }]) =>
      risk === undefined || accepts === undefined || expects === undefined || whenInvalid === undefined,
  );
  expect(lacking).toEqual([]);
});

test.each([
  ['proxy-read-timeout', ['60', '0'], ['60s', '1m', '', '1.5']],
  ['ssl-redirect', ['true', 'False', '1'], ['yes', 'on', 'tRue']],
  ['proxy-body-size', ['8m', '0', '1024', '16 K'], ['8MB', '8Mi', 'lots']],
  [
    'allowlist-source-range',
    ['10.0.0.0/8', '10.0.0.1, ::1', '2001:db8::/32'],
    ['10.0.0.0/33', 'office', '[10.0.0.0/8]', '10.0.0.0/8/8'],
  ],
  ['backend-protocol', ['HTTPS', 'grpc', ' HTTP '], ['H2C', 'HTTP/2', 'TLS']],
  [
    'cors-allow-origin',
    ['*', 'https://*.example.com, http://a:8080', 'https://shop.example.com'],
    ['https://shop.example.com/path', 'shop example;'],
  ],
  ['rewrite-target', ['/$2', '/a/$1/b', 'a'], ['/a b', '/$1{2}']],
  [
    'auth-url',
    ['https://$host/oauth2/auth', 'http://a.b.svc.cluster.local:4180/x?y=1'],
    ['http://a;b', 'http://a"b'],
  ],
  ['server-alias', ['a.example.com, ~^www\\d+\\.example\\.com$'], ['a;b']],
  ['custom-http-errors', ['404,503', '404'], ['200', 'all', '4xx']],
  ['proxy-next-upstream', ['error timeout http_502', 'off'], ['http_400', 'always']],
  ['session-cookie-samesite', ['None', 'lax'], ['no']],
  ['default-backend', ['errors'], ['shop/errors', 'Errors']],
  ['auth-tls-match-cn', ['CN=client'], ['client']],
  ['configuration-snippet', ['anything; at all'], []],
] as const)('%s', (key, good, bad) => {
  expect(good.map((value) => [value, accepts(key, value)])).toEqual(good.map((value) => [value, true]));
  expect(bad.map((value) => [value, accepts(key, value)])).toEqual(bad.map((value) => [value, false]));
});

test('a refused value keeps the Ingress out, denies it, or leaves the default', () => {
  const outcome = (key: string) => INGRESS_NGINX.keys.get(key)?.whenInvalid;
  expect(outcome('upstream-vhost')).toBe('not-loaded');
  expect(outcome('denylist-source-range')).toBe('denied');
  expect(outcome('proxy-read-timeout')).toBe('default');
  expect(outcome('auth-cache-duration')).toBe('left-out');
});
