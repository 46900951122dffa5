import { proxyAttempts } from '../../src/kubernetes/proxy-log.ts';

const NGINX_TAIL = (upstream: string) =>
  `198.51.100.7 - - [02/Mar/2026:11:59:40 +0000] "GET / HTTP/1.1" 502 150 "-" "curl/8.0" 80 0.003 [shop-web-http] [] ${upstream} 5f1c`;
const ENVOY = (status: number, flags: string, duration: number) =>
  `[2026-03-02T11:59:40.000Z] "GET / HTTP/1.1" ${status} ${flags} 0 91 ${duration} - "198.51.100.7" "curl/8.0" "id" "shop.example.com" "10.0.0.1:8080"`;

test.each([
  [
    'nginx',
    'connect() failed (111: Connection refused) while connecting to upstream, upstream: "http://10.0.0.1:8080/"',
  ],
  ['Traefik', "'502 Bad Gateway' caused by: dial tcp 10.0.0.1:8080: connect: connection refused"],
  [
    'Istio',
    '"GET / HTTP/1.1" 503 UF upstream_reset{delayed_connect_error:_111} - "-" 0 1 2 - "10.0.0.1:8080"',
  ],
])('%s says that the address refused', (_product, line) => {
  expect(proxyAttempts(line, '10.0.0.1', 8080)).toMatchObject([{ outcome: 'refused', isExplicit: true }]);
});

test('reads the tries of ingress-nginx by address', () => {
  const line = NGINX_TAIL('10.0.0.2:8080, 10.0.0.1:8080 0, 512 0.000, 0.003 502, 500');
  expect(proxyAttempts(line, '10.0.0.1', 8080)).toMatchObject([
    { outcome: 'answered', status: 500, time: new Date('2026-03-02T11:59:40Z') },
  ]);
  // Its own failed try says nothing that the error log does not say better.
  expect(proxyAttempts(line, '10.0.0.2', 8080)).toEqual([]);
});

test('reads Envoy by its flags and times', () => {
  expect(proxyAttempts(ENVOY(200, '-', 4), '10.0.0.1', 8080)).toMatchObject([
    { outcome: 'answered', status: 200 },
  ]);
  expect(proxyAttempts(ENVOY(503, 'UF', 2), '10.0.0.1', 8080)).toMatchObject([
    { outcome: 'refused', isExplicit: false },
  ]);
  // A connection that fails only after the connect timeout was not refused.
  expect(proxyAttempts(ENVOY(503, 'UF', 2000), '10.0.0.1', 8080)).toEqual([]);
});

test('an address is not found within a longer one', () => {
  const line = 'connect() failed (111: Connection refused), upstream: "http://110.0.0.1:80801/"';
  expect(proxyAttempts(line, '10.0.0.1', 8080)).toEqual([]);
});

test('IPv6 addresses stand in brackets', () => {
  const line = 'connect() failed (111: Connection refused), upstream: "http://[fd00::1]:8080/"';
  expect(proxyAttempts(line, 'fd00::1', 8080)).toHaveLength(1);
});
