import {
  accessLines,
  decisiveError,
  lastLine,
  logErrors,
  logLineTime,
  logListeners,
  recentText,
  safeLine,
} from '../../src/kubernetes/log-lines.ts';

test.each([
  ['connection refused', 'Error: connect ECONNREFUSED 10.96.0.40:5432'],
  ['connection refused', '2026-03-02T11:59:40Z ERROR dial tcp 10.0.0.1:6379: connect: connection refused'],
  ['name not found', 'getaddrinfo EAI_AGAIN db'],
  ['name not found', 'dial tcp: lookup db on 10.96.0.10:53: no such host'],
  ['name not found', 'dial tcp: lookup db: i/o timeout'],
  ['address in use', 'Error: listen EADDRINUSE: address already in use :::8080'],
  ['missing file or module', "Error: Cannot find module '/app/server.js'"],
  ['missing file or module', "ENOENT: no such file or directory, open '/etc/web/config.yaml'"],
  ['permission denied', 'nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)'],
  ['database error', 'SQLSTATE[42P01]: Undefined table'],
  ['too many connections', 'FATAL: sorry, too many clients already'],
  ['missing setting', 'Error: environment variable DATABASE_URL is not set'],
  ['missing setting', 'ValidationError: Missing required environment variable: API_URL'],
  ['out of memory', 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'],
  ['crash', 'panic: runtime error: index out of range [3] with length 3'],
  ['error', '{"level":"error","msg":"order 7 failed"}'],
  ['error', 'time="2026-03-02T11:59:40Z" level=fatal msg="cannot go on"'],
])('%s: %s', (trouble, line) => {
  expect(logErrors(line).map((error) => error.trouble)).toEqual([trouble]);
});

test.each([
  'INFO retries after connection refused: 0',
  'level=info msg="0 errors"',
  'GET /error 200',
  'listening on :8080',
])('no trouble: %s', (line) => {
  expect(logErrors(line)).toEqual([]);
});

test('folds a stack trace into the line that names the error', () => {
  const python = [
    'Traceback (most recent call last):',
    '  File "/app/main.py", line 3, in <module>',
    '    url = os.environ["DATABASE_URL"]',
    "KeyError: 'DATABASE_URL'",
  ];
  expect(logErrors(python.join('\n'))).toEqual([
    { trouble: 'missing setting', line: "KeyError: 'DATABASE_URL'", isFatal: false },
  ]);
  const java = [
    'Exception in thread "main" org.example.StartException: no pool',
    '\tat org.example.Main.main(Main.java:9)',
    'Caused by: java.net.ConnectException: Connection refused',
    '\t... 3 more',
  ];
  expect(logErrors(java.join('\n'))).toEqual([
    {
      trouble: 'connection refused',
      line: 'Caused by: java.net.ConnectException: Connection refused',
      isFatal: true,
    },
  ]);
  const go = ['panic: boom', '', 'goroutine 1 [running]:', 'main.main()', '\t/app/main.go:7 +0x1d'];
  expect(logErrors(go.join('\n'))).toHaveLength(1);
});

test('the decisive line is the first telling one after the last start', () => {
  const log = [
    'starting web',
    'ERROR permission denied: /data',
    'starting web',
    'ERROR cannot load orders',
    'ERROR connect: connection refused',
    'ERROR no such host db',
  ];
  expect(decisiveError(log.join('\n'))).toMatchObject({ trouble: 'connection refused' });
  expect(decisiveError('all is well\n')).toBeUndefined();
  expect(lastLine('one\ntwo\n\n')).toBe('two');
});

test('an error while starting is not taken for a start', () => {
  const log = 'ERROR no such host db\nerror starting server: listen tcp :80: bind: permission denied';
  expect(decisiveError(log)).toMatchObject({ trouble: 'name not found' });
});

test('credentials are not repeated, and lines are cut', () => {
  expect(safeLine('cannot reach postgres://web:hunter2@db:5432/shop')).toBe(
    'cannot reach postgres://***@db:5432/shop',
  );
  expect(safeLine('login failed password=hunter2 user=web')).toBe('login failed password=*** user=web');
  expect(safeLine('Authorization: Bearer abcdefghijk')).not.toContain('abcdefghijk');
  expect(safeLine('x'.repeat(999))).toHaveLength(240);
});

test.each<[string, number, boolean]>([
  ['listening on 127.0.0.1:8080', 8080, true],
  ['Listening on http://127.0.0.1:3000', 3000, true],
  [' * Running on http://127.0.0.1:5000 (Press CTRL+C to quit)', 5000, true],
  ['server listening at localhost:9000', 9000, true],
  ['ready on http://localhost:3000', 3000, false],
  ['listening on 0.0.0.0:8080', 8080, false],
  ['listening on :8080', 8080, false],
  ['Listening on [::]:8080', 8080, false],
  ['Tomcat started on port 8080 (http)', 8080, false],
])('%s', (line, port, isLoopback) => {
  expect(logListeners(line)).toMatchObject([{ port, isLoopback }]);
});

test('what cannot listen is no listener', () => {
  expect(logListeners('Error: listen EADDRINUSE: address already in use 127.0.0.1:8080')).toEqual([]);
  expect(logListeners('running 12 jobs')).toEqual([]);
});

test.each<[string, number, string]>([
  [
    '10.0.0.1 - - [02/Mar/2026:11:59:40 +0000] "GET /items?a=1 HTTP/1.1" 500 120 "-" "curl"',
    500,
    '/items?a=1',
  ],
  ['GET /items 404 1.2 ms - 9', 404, '/items'],
  ['[GIN] 2026/03/02 - 11:59:40 | 502 | 1.2ms | 10.0.0.1 | GET "/api"', 502, '/api'],
  ['{"level":"info","method":"GET","path":"/api","status":503}', 503, '/api'],
  ['method=POST path=/orders status=500 duration=4ms', 500, '/orders'],
])('the status of %s', (line, status, path) => {
  expect(accessLines(line)).toMatchObject([{ status, path }]);
});

test('a status without a path or a method is no access log', () => {
  expect(accessLines('worker ended with code 137\norder 500 stored')).toEqual([]);
});

test('reads the times of common formats', () => {
  const time = new Date('2026-03-02T11:59:40Z');
  expect(logLineTime('2026-03-02T11:59:40.123Z x')).toEqual(time);
  expect(logLineTime('2026-03-02 11:59:40,123 ERROR x')).toEqual(time);
  expect(logLineTime('2026/03/02 11:59:40 [error] x')).toEqual(time);
  expect(logLineTime('x [02/Mar/2026:12:59:40 +0100] "GET /"')).toEqual(time);
  expect(logLineTime('x')).toBeUndefined();
});

test('keeps the recent end of a log, or all of one without times', () => {
  const now = new Date('2026-03-02T12:00:00Z');
  const log = '2026-03-02T10:00:00Z old\n2026-03-02T11:59:00Z new\n  at frame';
  expect(recentText(log, now, 600)).toBe('2026-03-02T11:59:00Z new\n  at frame');
  expect(recentText('a\nb', now, 600)).toBe('a\nb');
  expect(recentText('2026-03-02T10:00:00Z old', now, 600)).toBe('');
});
