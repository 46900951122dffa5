import { gzipSync } from 'node:zlib';
import type { Connection } from '../../src/cluster/live/connect.ts';
import type { ConnectionOptions } from '../../src/cluster/live/options.ts';
import { type Fault, type FaultProxy, type Protocol, startFaultProxy } from './fault-proxy.ts';
import { authority, connectWith, kubectl, makeNamespace, removeNamespace, server } from './live-bed.ts';

const namespace = makeNamespace();
afterAll(() => removeNamespace(namespace));

beforeAll(() => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const maps = names.map((name) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace },
    data: { name },
  }));
  const big = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'big', namespace },
    data: { text: 'y'.repeat(300_000) },
  };
  kubectl(['create', '-f', '-'], [...maps, big]);
});

const get = { verb: 'get', kind: 'ConfigMap', namespace, name: 'a' } as const;
const list = { verb: 'list', kind: 'ConfigMap', namespace } as const;

interface Scene extends Connection {
  readonly front: FaultProxy;
}

let open: Scene | undefined;
afterEach(async () => {
  open?.close();
  await open?.front.close();
});

/** A connection to the real server through a proxy with these faults. */
async function throughProtocol(
  protocol: Protocol,
  choose: (url: string, index: number) => Fault | undefined,
  options: ConnectionOptions = {},
): Promise<Scene> {
  const front = await startFaultProxy(server, authority, choose, protocol);
  const cluster = {
    server: front.url,
    'certificate-authority': undefined,
    'insecure-skip-tls-verify': protocol !== 'http',
  };
  open = { ...(await connectWith({ cluster }, options, { pageSize: 2 })), front };
  return open;
}

const through = (choose: (url: string, index: number) => Fault | undefined, options?: ConnectionOptions) =>
  throughProtocol('http', choose, options);

/** The faults of the first requests, in order; none afterwards. */
const first =
  (...faults: readonly Fault[]) =>
  (_: string, index: number) =>
    faults[index];
const answer = (status: number, headers: Record<string, string> = {}): Fault => ({
  kind: 'answer',
  status,
  headers,
});

const protocols = ['http', 'https', 'h2'] as const;

test.each(protocols)('over %s large answers come compressed and connections are kept', async (protocol) => {
  const { cluster, front } = await throughProtocol(protocol, () => undefined);
  for (let time = 0; time < 3; time++) await cluster.get(get);
  const big = await cluster.get({ ...get, name: 'big' });
  expect(big.ok && big.value?.data?.['text']?.length).toBe(300_000);
  expect(front.requests.at(-1)?.encoding).toBe('gzip');
  expect(front.connections()).toBe(1);
});

describe('HTTP/2', () => {
  test('takes one connection for many requests, and not too many of them at once', async () => {
    const { cluster, front, requestCount } = await throughProtocol('h2', () => undefined);
    const reads = await Promise.all(Array.from({ length: 150 }, () => cluster.get(get)));
    expect(reads.every(({ ok }) => ok)).toBe(true);
    expect([front.connections(), requestCount()]).toEqual([1, 150]);
    expect(front.mostAtOnce()).toBeGreaterThan(20);
    expect(front.mostAtOnce()).toBeLessThanOrEqual(50);
  });

  test('a server that goes away is asked again over a new connection', async () => {
    const { cluster, front, requestCount } = await throughProtocol('h2', () => undefined);
    await cluster.get(get);
    front.goAway();
    const reads = await Promise.all([1, 2, 3].map(() => cluster.get(get)));
    expect(reads.every(({ ok }) => ok)).toBe(true);
    expect(front.connections()).toBe(2);
    expect(requestCount()).toBeLessThanOrEqual(7);
  });

  test('one request that takes too long does not end the others', async () => {
    const { cluster, problem } = await throughProtocol(
      'h2',
      (url) => (url.includes('/secrets/') ? { kind: 'hang' } : undefined),
      { requestTimeout: '500ms' },
    );
    const slow = cluster.get({ ...get, kind: 'Secret' });
    const [secret, map] = await Promise.all([slow, cluster.get(get)]);
    expect([secret.ok, map.ok]).toEqual([false, true]);
    expect(await cluster.get(get)).toMatchObject({ ok: true });
    expect(problem()).toBeUndefined();
  });

  test('is left alone with DISABLE_HTTP2, as in kubectl', async () => {
    const front = await startFaultProxy(server, authority, () => undefined, 'h2');
    const cluster = {
      server: front.url,
      'certificate-authority': undefined,
      'insecure-skip-tls-verify': true,
    };
    const variables = { DISABLE_HTTP2: '1' };
    open = { ...(await connectWith({ cluster }, {}, { variables })), front };
    const reads = await Promise.all([1, 2, 3].map(() => open?.cluster.get(get)));
    expect(reads.every((read) => read?.ok)).toBe(true);
    expect(front.connections()).toBe(3);
  });
});

describe('429 Too Many Requests', () => {
  test('is tried again when the server says', async () => {
    const { cluster, front } = await through(
      first(answer(429, { 'Retry-After': '1' }), answer(429, { 'Retry-After': '0' })),
    );
    const start = performance.now();
    expect(await cluster.get(get)).toMatchObject({ ok: true, value: { data: { name: 'a' } } });
    expect(performance.now() - start).toBeGreaterThan(950);
    expect(front.requests).toHaveLength(3);
  });

  test('is given up after three tries', async () => {
    const { cluster, front } = await through(() => answer(429, { 'Retry-After': '0' }));
    expect(await cluster.get(get)).toMatchObject({
      failure: { reason: 'failed', message: expect.stringContaining('429') },
    });
    expect(front.requests).toHaveLength(3);
  });

  test('is not waited for past the timeout', async () => {
    const { cluster, front } = await through(first(answer(429, { 'Retry-After': '30' })), {
      requestTimeout: '2s',
    });
    const start = performance.now();
    expect(await cluster.get(get)).toMatchObject({ failure: { reason: 'failed' } });
    expect(performance.now() - start).toBeLessThan(1500);
    expect(front.requests).toHaveLength(1);
  });
});

describe('a failing server', () => {
  test.each([500, 502, 503, 504])('%i once is tried again', async (status) => {
    const { cluster, front } = await through(first(answer(status)));
    expect(await cluster.get(get)).toMatchObject({ ok: true });
    expect(front.requests).toHaveLength(2);
  });

  test.each([
    [500, 'failed'],
    [502, 'failed'],
    [503, 'failed'],
    [504, 'timed-out'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
  ])('%i for ever is %s', async (status, reason) => {
    const { cluster, front } = await through(() => answer(status));
    expect(await cluster.get(get)).toMatchObject({
      ok: false,
      failure: { reason, message: expect.stringContaining('as injected') },
    });
    expect(front.requests.length).toBeLessThanOrEqual(2);
  });

  test('503 of metrics says that the API is not served', async () => {
    const { cluster } = await through(() => answer(503));
    const read = await cluster.list({ verb: 'list', kind: 'PodMetrics', namespace });
    expect(read).toMatchObject({ failure: { reason: 'not-served' } });
  });

  test('one failure changes nothing about other reads', async () => {
    const { cluster, problem } = await through((url) =>
      url.includes('/secrets/') ? answer(500) : undefined,
    );
    const [secret, map] = await Promise.all([cluster.get({ ...get, kind: 'Secret' }), cluster.get(get)]);
    expect([secret.ok, map.ok]).toEqual([false, true]);
    expect(problem()).toBeUndefined();
  });
});

describe('a broken connection', () => {
  const cases = protocols.flatMap((protocol) =>
    (['cut-short', 'reset'] as const).map((kind): [Protocol, 'cut-short' | 'reset'] => [protocol, kind]),
  );

  test.each(cases)('over %s, %s once is tried again', async (protocol, kind) => {
    const { cluster } = await throughProtocol(protocol, first({ kind }));
    expect(await cluster.get(get)).toMatchObject({ ok: true, value: { data: { name: 'a' } } });
  });

  test.each(cases)('over %s, %s for ever fails', async (protocol, kind) => {
    const { cluster, front, problem } = await throughProtocol(protocol, () => ({ kind }));
    expect(await cluster.get(get)).toMatchObject({ failure: { reason: 'failed' } });
    expect(front.requests).toHaveLength(2);
    expect(problem()).toContain('cannot reach');
  });

  test('a list that breaks off on its second page is no shorter list', async () => {
    const { cluster } = await through((url) =>
      url.includes('continue=') ? { kind: 'cut-short' } : undefined,
    );
    expect(await cluster.list(list)).toMatchObject({ ok: false, failure: { reason: 'failed' } });
  });

  test.each(protocols)(
    'over %s, a large compressed answer that is cut short fails, too',
    async (protocol) => {
      const { cluster } = await throughProtocol(protocol, () => ({ kind: 'cut-short' }));
      expect(await cluster.get({ ...get, name: 'big' })).toMatchObject({
        ok: false,
        failure: { reason: 'failed' },
      });
    },
  );
});

test.each([
  ['http', 'hang'],
  ['http', 'stall'],
  ['h2', 'hang'],
  ['h2', 'stall'],
] as const)('over %s, a server that %ss ends at --request-timeout', async (protocol, kind) => {
  const { cluster } = await throughProtocol(protocol, () => ({ kind }), { requestTimeout: '300ms' });
  const start = performance.now();
  expect(await cluster.list(list)).toMatchObject({
    failure: { reason: 'timed-out', message: 'no answer within 300ms' },
  });
  expect(performance.now() - start).toBeLessThan(2000);
});

describe('410 Gone for the next page', () => {
  test('starts the list once more, and no object comes twice', async () => {
    let expired = 0;
    const { cluster } = await through((url) =>
      url.includes('continue=') && expired++ === 1 ? answer(410) : undefined,
    );
    const read = await cluster.list(list);
    const names = read.ok ? read.value.map(({ metadata }) => metadata?.name) : [];
    // kube-root-ca.crt comes with the namespace.
    expect(names.filter((name) => name !== 'kube-root-ca.crt').sort()).toEqual([
      'a',
      'b',
      'big',
      'c',
      'd',
      'e',
    ]);
    expect(expired).toBeGreaterThan(1);
  });

  test('is given up the second time', async () => {
    const { cluster, front } = await through((url) => (url.includes('continue=') ? answer(410) : undefined));
    expect(await cluster.list(list)).toMatchObject({ failure: { reason: 'failed' } });
    expect(front.requests).toHaveLength(4);
  });
});

describe('a server that is no API server', () => {
  const page = {
    kind: 'answer',
    status: 200,
    headers: { 'Content-Type': 'text/html' },
    body: '<html>Log in</html>',
  } as const;

  test('a login page', async () => {
    const { cluster, problem } = await through(() => page);
    expect(await cluster.list(list)).toMatchObject({ failure: { reason: 'failed' } });
    expect(problem()).toContain('not how a Kubernetes API server answers');
  });

  test('a redirect', async () => {
    const { cluster, problem } = await through(() =>
      answer(302, { 'Content-Type': 'text/html', Location: 'https://login.example/' }),
    );
    expect(await cluster.get(get)).toMatchObject({ failure: { reason: 'failed' } });
    expect(problem()).toContain('https://login.example/');
  });

  test.each(['{"items": [', '[]', 'null', '"text"', ''])('JSON such as `%s` is no list', async (body) => {
    const { cluster } = await through(() => ({ kind: 'answer', status: 200, body }));
    expect(await cluster.list(list)).toMatchObject({ failure: { reason: 'failed' } });
  });

  test('items of any shape and depth do no harm', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const body = `{"items": [null, 1, {"metadata": {"name": ${deep}}}, {"metadata": {"name": "x"}, "spec": ${deep}}]}`;
    const { cluster } = await through(() => ({ kind: 'answer', status: 200, body }));
    expect(await cluster.list({ ...list, kind: 'Service' })).toMatchObject({ ok: true });
  });

  test('an answer that unpacks to more than memory holds is not read to its end', async () => {
    const member = gzipSync(Buffer.alloc(16 * 1024 * 1024, ' '), { level: 1 });
    const body = Buffer.concat(Array.from({ length: 20 }, () => member));
    const { cluster } = await through(() => ({
      kind: 'answer',
      status: 200,
      headers: { 'Content-Encoding': 'gzip' },
      body,
    }));
    expect(await cluster.get(get)).toMatchObject({
      failure: { reason: 'failed', message: expect.stringContaining('256 MiB') },
    });
  }, 20_000);
});
