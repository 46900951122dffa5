import { readLog } from '../../../src/controllers/logs/read-log.ts';
import type { Product } from '../../../src/controllers/profile.ts';
import type { LogEvent, LogPattern } from '../../../src/model/log-event.ts';

const NOW = new Date('2026-03-02T12:00:00Z');

function only(product: Product, line: string): LogEvent {
  const events = readLog(product, line, NOW);
  const [event] = events;
  if (event === undefined || events.length > 1) throw new Error(`${events.length} events of ${line}`);
  return event;
}

const error = (
  message: string,
  rest = 'upstream: "http://10.0.0.5:8080/api?x=1", host: "Shop.example.com:443"',
) =>
  `2026/03/02 11:59:40 [error] 31#31: *9 ${message}, client: 10.1.2.3, server: shop.example.com, request: "GET /api?x=1 HTTP/1.1", ${rest}`;

describe("nginx's error log", () => {
  test.each<[string, LogPattern]>([
    ['connect() failed (111: Connection refused) while connecting to upstream', 'connection-refused'],
    ['connect() failed (113: Host is unreachable) while connecting to upstream', 'host-unreachable'],
    ['upstream timed out (110: Operation timed out) while connecting to upstream', 'connect-timeout'],
    ['upstream timed out (110: Connection timed out) while connecting to upstream', 'connect-timeout'],
    [
      'upstream timed out (110: Operation timed out) while reading response header from upstream',
      'read-timeout',
    ],
    ['upstream timed out (110: Operation timed out) while sending request to upstream', 'read-timeout'],
    ['upstream timed out (110: Operation timed out) while reading upstream', 'stream-timeout'],
    ['upstream timed out (110: Operation timed out) while proxying upgraded connection', 'stream-timeout'],
    ['upstream prematurely closed connection while reading response header from upstream', 'closed-early'],
    [
      'recv() failed (104: Connection reset by peer) while reading response header from upstream',
      'closed-early',
    ],
    ['upstream sent too big header while reading response header from upstream', 'response-header-too-large'],
    ['upstream sent no valid HTTP/1.0 header while reading response header from upstream', 'invalid-header'],
    [
      'SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number) while SSL handshaking to upstream',
      'tls-to-plain',
    ],
    [
      'upstream SSL certificate verify error: (18:self-signed certificate) while SSL handshaking to upstream',
      'certificate-rejected',
    ],
    ['client intended to send too large body: 2097152 bytes', 'body-too-large'],
    ['client intended to send too large chunked body: 1048577 bytes', 'body-too-large'],
    ['client sent too long header line: "Cookie: a"', 'request-header-too-large'],
    ['limiting requests, excess: 5.400 by zone "shop_web_rps"', 'limited'],
    ['limiting connections by zone "shop_web_conn"', 'limited'],
    ['access forbidden by rule', 'forbidden'],
    ['auth request unexpected status: 502 while sending to client', 'auth-unexpected'],
  ])('%s', (message, pattern) => {
    expect(only('ingress-nginx', error(message))).toMatchObject({
      pattern,
      isRequest: false,
      tries: [{ address: '10.0.0.5:8080' }],
      host: 'shop.example.com',
      path: '/api',
      time: new Date('2026-03-02T11:59:40Z'),
    });
  });

  test('tells no address where nginx did not get as far', () => {
    const event = only(
      'ingress-nginx',
      error('client intended to send too large body: 9 bytes', 'host: "a.example"'),
    );
    expect(event.tries).toBeUndefined();
    expect(event.host).toBe('a.example');
  });

  test('an IPv6 address keeps its brackets', () => {
    const line = error('connect() failed (111: Connection refused)', 'upstream: "https://[fd00::1]:8443/"');
    expect(only('f5-nginx', line).tries).toEqual([{ address: '[fd00::1]:8443' }]);
  });

  test.each([
    error('delaying requests, excess: 0.400, by zone "x"'),
    error('recv() failed (104: Connection reset by peer) while reading client request'),
    '2026/03/02 11:59:40 [notice] 31#31: signal process started',
    'GET / connect() failed (111: Connection refused)',
  ])('%s says nothing', (line) => {
    expect(readLog('ingress-nginx', line, NOW)).toEqual([]);
  });

  test('what nginx -t prints', () => {
    const text = 'nginx: [emerg] invalid number of arguments in "proxy_pass" in /tmp/nginx/nginx-cfg7:412';
    expect(only('ingress-nginx', text).pattern).toBe('configuration-refused');
  });
});

describe("nginx's access log", () => {
  const access = (status: number, tail: string, request = 'GET /api?x=1 HTTP/1.1') =>
    `198.51.100.7 - - [02/Mar/2026:11:59:40 +0000] "${request}" ${status} 150 "-" "curl/8.0 \\x22" 80 60.003 ${tail} 5f1c`;

  test('of ingress-nginx, with its tries', () => {
    const line = access(504, '[shop-web-http] [] 10.0.0.2:8080, 10.0.0.1:8080 0, 512 5.000, 0.003 504, 500');
    expect(only('ingress-nginx', line)).toMatchObject({
      pattern: 'request',
      isRequest: true,
      status: 504,
      seconds: 60.003,
      path: '/api',
      backend: 'shop-web-http',
      tries: [
        { address: '10.0.0.2:8080', status: 504, seconds: 5, bytes: 0 },
        { address: '10.0.0.1:8080', status: 500, seconds: 0.003, bytes: 512 },
      ],
    });
  });

  test('of ingress-nginx, which answered by itself', () => {
    const event = only('ingress-nginx', access(503, '[shop-web-80] [] - - - -'));
    expect(event).toMatchObject({ status: 503, tries: [], backend: 'shop-web-80' });
    expect(only('ingress-nginx', access(404, '[] [] - - - -')).backend).toBeUndefined();
  });

  test('what a client puts between the quotes is not read as something else', () => {
    const line = access(
      200,
      '[shop-web-80] [] 10.0.0.1:8080 5 0.001 200',
      'GET /\\x22 [x-y-1] [] 9.9.9.9:1 0 0 502 HTTP/1.1',
    );
    expect(only('ingress-nginx', line).tries).toEqual([
      { address: '10.0.0.1:8080', status: 200, seconds: 0.001, bytes: 5 },
    ]);
  });

  test('in the combined format and in JSON', () => {
    const combined = '10.0.0.9 - - [02/Mar/2026:11:59:40 +0000] "POST /a HTTP/1.1" 413 585 "-" "curl" "-"';
    expect(only('f5-nginx', combined)).toMatchObject({ status: 413, path: '/a' });
    expect(only('f5-nginx', combined).tries).toBeUndefined();
    const json = JSON.stringify({
      time_iso8601: '2026-03-02T11:59:40+00:00',
      status: '502',
      upstream_addr: '10.0.0.1:8080',
      upstream_status: '502',
      proxy_upstream_name: 'shop-web-80',
      host: 'shop.example.com',
      request_uri: '/a?b',
    });
    expect(only('ingress-nginx', json)).toMatchObject({
      status: 502,
      tries: [{ address: '10.0.0.1:8080', status: 502 }],
      backend: 'shop-web-80',
      host: 'shop.example.com',
      path: '/a',
      time: new Date('2026-03-02T11:59:40Z'),
    });
  });
});

describe("Envoy's access log", () => {
  const envoy = (status: number, flags: string, duration: number, upstream = '10.0.0.1:8080', details = '') =>
    `[2026-03-02T11:59:40.000Z] "GET /a HTTP/1.1" ${status} ${flags} ${details}0 91 ${duration} - "198.51.100.7" "curl/8.0" "id" "shop.example.com" "${upstream}"`;

  test.each<[string, LogPattern, boolean]>([
    [envoy(200, '-', 4), 'request', true],
    [envoy(503, 'UF', 2), 'connection-refused', false],
    // A connection that fails only after the connect timeout was not refused.
    [envoy(503, 'UF', 2000), 'connect-timeout', false],
    [
      envoy(
        503,
        'UF,URX',
        2,
        '10.0.0.1:8080',
        'upstream_reset_before_response_started{x} - "delayed connect error: 111" ',
      ),
      'connection-refused',
      true,
    ],
    [
      envoy(
        503,
        'UF',
        2,
        '10.0.0.1:8080',
        'x - "TLS_error:|33554536:system library:OPENSSL_internal:WRONG_VERSION_NUMBER" ',
      ),
      'tls-to-plain',
      true,
    ],
    [
      envoy(503, 'UF', 2, '10.0.0.1:8080', 'x - "TLS_error:|CERTIFICATE_VERIFY_FAILED" '),
      'certificate-rejected',
      true,
    ],
    [envoy(504, 'UT', 15000), 'read-timeout', true],
    [envoy(503, 'UC', 9), 'closed-early', true],
    [envoy(502, 'UPE', 9), 'invalid-header', true],
    [envoy(503, 'UH', 0, '-'), 'no-endpoint', true],
    [envoy(404, 'NR', 0, '-'), 'no-route', true],
    [envoy(429, 'RL', 0, '-'), 'limited', true],
    [envoy(431, 'DPE', 0, '-'), 'request-header-too-large', true],
  ])('%s', (line, pattern, isExplicit) => {
    expect(only('contour', line)).toMatchObject({
      pattern,
      isExplicit,
      isRequest: true,
      host: 'shop.example.com',
      path: '/a',
      time: new Date('2026-03-02T11:59:40Z'),
    });
  });

  test("only without a flag the status is the address's own", () => {
    expect(only('contour', envoy(200, '-', 4)).tries).toEqual([{ address: '10.0.0.1:8080', status: 200 }]);
    expect(only('contour', envoy(504, 'UT', 15000)).tries).toEqual([{ address: '10.0.0.1:8080' }]);
  });

  test("names the backend in Istio's and in Contour's way", () => {
    const line = `${envoy(200, '-', 4)} outbound|80||web.shop.svc.cluster.local 10.1.1.1:41 10.0.0.1:8080 1.2.3.4:9 - -`;
    expect(only('istio', line).backend).toBe('shop-web-80');
    const json = JSON.stringify({
      '@timestamp': '2026-03-02T11:59:40Z',
      response_code: 504,
      response_flags: 'UT',
      upstream_host: '10.0.0.1:8080',
      upstream_cluster: 'shop/web/80/da39a3ee5e',
      authority: 'shop.example.com',
      path: '/a?b',
      duration: 15000,
    });
    expect(only('contour', json)).toMatchObject({
      pattern: 'read-timeout',
      status: 504,
      backend: 'shop-web-80',
      seconds: 15,
      time: new Date('2026-03-02T11:59:40Z'),
    });
  });
});

describe("Traefik's logs", () => {
  test('an access line', () => {
    const line =
      '198.51.100.7 - - [02/Mar/2026:11:59:40 +0000] "GET /a?b HTTP/1.1" 502 11 "-" "curl" 17 "websecure-shop-web-shop-example-com@kubernetes" "http://10.0.0.1:8080" 3ms';
    expect(only('traefik', line)).toMatchObject({
      pattern: 'request',
      status: 502,
      seconds: 0.003,
      tries: [{ address: '10.0.0.1:8080' }],
      path: '/a',
    });
    expect(only('traefik', line.replace('502', '503')).tries).toEqual([
      { address: '10.0.0.1:8080', status: 503 },
    ]);
    expect(only('traefik', line.replace('"http://10.0.0.1:8080"', '"-"')).tries).toEqual([]);
  });

  test('an access line in JSON', () => {
    const line = JSON.stringify({
      DownstreamStatus: 504,
      OriginStatus: 504,
      ServiceAddr: '10.0.0.1:8080',
      ServiceName: 'shop-web-80@kubernetes',
      RequestHost: 'shop.example.com',
      RequestPath: '/a',
      Duration: 30_000_000_000,
      time: '2026-03-02T11:59:40Z',
    });
    expect(only('traefik', line)).toMatchObject({
      status: 504,
      seconds: 30,
      backend: 'shop-web-80',
      host: 'shop.example.com',
      time: new Date('2026-03-02T11:59:40Z'),
    });
  });

  test.each<[string, LogPattern, string | undefined]>([
    [
      'level=debug msg="\'502 Bad Gateway\' caused by: dial tcp 10.0.0.1:8080: connect: connection refused"',
      'connection-refused',
      '10.0.0.1:8080',
    ],
    [
      'DBG 504 Gateway Timeout error="dial tcp 10.0.0.1:8080: i/o timeout"',
      'connect-timeout',
      '10.0.0.1:8080',
    ],
    [
      'ERR 500 Internal Server Error error="tls: failed to verify certificate: x509: certificate signed by unknown authority"',
      'certificate-rejected',
      undefined,
    ],
    [
      'ERR 500 Internal Server Error error="tls: first record does not look like a TLS handshake"',
      'tls-to-plain',
      undefined,
    ],
  ])('%s', (line, pattern, address) => {
    const event = only('traefik', line);
    expect(event.pattern).toBe(pattern);
    expect(event.tries?.[0]?.address).toBe(address);
  });
});

describe("HAProxy's access log", () => {
  const haproxy = (times: string, status: number, end: string) =>
    `10.1.2.3:4711 [02/Mar/2026:11:59:40.123] _front_https~ shop_web_8080/srv001 ${times} ${status} 217 - - ${end} 1/1/0/0/0 0/0 "GET /a?b HTTP/1.1"`;

  test.each<[string, number, string, LogPattern]>([
    ['0/0/1/4/5', 200, '----', 'request'],
    ['0/0/-1/-1/5001', 503, 'sC--', 'connect-timeout'],
    ['0/0/-1/-1/3', 503, 'SC--', 'connection-refused'],
    ['0/0/1/-1/50001', 504, 'sH--', 'read-timeout'],
    ['0/0/1/-1/9', 502, 'SH--', 'closed-early'],
    ['0/-1/-1/-1/0', 429, 'PR--', 'limited'],
    ['0/-1/-1/-1/0', 413, 'PR--', 'body-too-large'],
  ])('%s %s %s', (times, status, end, pattern) => {
    expect(only('haproxy-ingress', haproxy(times, status, end))).toMatchObject({
      pattern,
      status,
      backend: 'shop-web-8080',
      path: '/a',
      time: new Date('2026-03-02T11:59:40Z'),
    });
  });
});

describe("a controller's words about itself", () => {
  test.each<[string, LogPattern, string | undefined]>([
    [
      'W0302 11:59:40.123456       7 controller.go:1216] Service "shop/web" does not have any active Endpoint.',
      'no-endpoint',
      'shop/web',
    ],
    [
      'W0302 11:59:40.123456       7 controller.go:1110] Error obtaining Endpoints for Service "shop/web": no object',
      'service-unknown',
      'shop/web',
    ],
    [
      'W0302 11:59:40.123456       7 controller.go:1401] Error getting SSL certificate "shop/web-tls": local SSL certificate shop/web-tls was not found. Using default certificate',
      'certificate-default',
      'shop/web-tls',
    ],
    [
      'E0302 11:59:40.123456       7 controller.go:205] Unexpected failure reloading the backend:',
      'reload-failed',
      undefined,
    ],
    [
      'I0302 11:59:40.123456       7 controller.go:213] "Backend successfully reloaded"',
      'reload-done',
      undefined,
    ],
    [
      'W0302 11:59:40.123456       7 controller.go:252] Dynamic reconfiguration failed (retrying; 14 retries left): Post',
      'sync-failed',
      undefined,
    ],
    [
      'E0302 11:59:40.123456       7 reflector.go:158] "Unhandled Error" err="failed to list *v1.Secret: secrets is forbidden: User \\"system:serviceaccount:a:b\\" cannot list resource"',
      'permission-denied',
      undefined,
    ],
  ])('%s', (line, pattern, object) => {
    expect(only('ingress-nginx', line)).toMatchObject({ pattern, time: new Date('2026-03-02T11:59:40Z') });
    expect(only('ingress-nginx', line).object).toBe(object);
  });

  test('a day ahead is of the year before', () => {
    const line = 'I1231 23:59:59.000000       7 controller.go:213] "Backend successfully reloaded"';
    expect(only('ingress-nginx', line).time).toEqual(new Date('2025-12-31T23:59:59Z'));
  });

  test('without knowing the product every format is tried, and none for what runs elsewhere', () => {
    const line = error('connect() failed (111: Connection refused) while connecting to upstream');
    expect(only('unknown', line).pattern).toBe('connection-refused');
    expect(readLog('gke', line, NOW)).toEqual([]);
  });
});
