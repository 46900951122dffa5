import type { RequestRecord } from '../../src/cluster/live/options.ts';
import { connectWith, kubectl, makeNamespace, removeNamespace, server } from './live-bed.ts';

const namespace = makeNamespace();
afterAll(() => removeNamespace(namespace));

const services = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `web-${index}`, namespace, labels: { half: index % 2 === 0 ? 'even' : 'odd' } },
    spec: { ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  }));

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'logger',
    namespace,
    annotations: {
      'logs.gateway-doctor.test/app': `${'x'.repeat(99)}\n`.repeat(2000).concat('the newest line\n'),
      'logs.gateway-doctor.test/silent': 'hello\n',
    },
  },
  spec: {
    nodeName: 'node1',
    automountServiceAccountToken: false,
    containers: ['app', 'silent'].map((name) => ({ name, image: 'app' })),
  },
};

beforeAll(() => {
  const config = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'big', namespace },
    data: { text: 'y'.repeat(300_000) },
  };
  kubectl(['create', '-f', '-'], [...services(7), config, pod]);
});

const nameOf = (object: { readonly metadata?: { readonly name?: string } }) => object.metadata?.name;

describe('lists', () => {
  const query = { verb: 'list', kind: 'Service', namespace } as const;

  test('all pages are joined, and items carry what lists leave out', async () => {
    const records: RequestRecord[] = [];
    const { cluster } = await connectWith(
      {},
      {},
      { pageSize: 3, onRequest: (record) => records.push(record) },
    );
    const read = await cluster.list(query);
    const found = read.ok ? read.value : [];
    expect(found.map(nameOf).sort()).toEqual(services(7).map(nameOf));
    expect(found.every(({ kind, apiVersion }) => kind === 'Service' && apiVersion === 'v1')).toBe(true);
    expect(records).toHaveLength(3);
    expect(new URL(records[1]?.url ?? '').searchParams.get('continue')).toBeTruthy();
  });

  test('are narrowed by label and field', async () => {
    const { cluster } = await connectWith({});
    const even = await cluster.list({ ...query, labelSelector: 'half=even' });
    expect(even.ok && even.value.length).toBe(4);
    const one = await cluster.list({ ...query, fieldSelector: 'metadata.name=web-3' });
    expect(one.ok && one.value.map(nameOf)).toEqual(['web-3']);
  });

  test('of nothing are empty, which is no failure', async () => {
    const { cluster } = await connectWith({});
    expect(await cluster.list({ verb: 'list', kind: 'Ingress', namespace })).toEqual({ ok: true, value: [] });
  });

  test('with a selector that the server refuses fail with its words', async () => {
    const { cluster } = await connectWith({});
    const read = await cluster.list({ ...query, labelSelector: 'a in (' });
    expect(read).toMatchObject({ ok: false, failure: { reason: 'failed' } });
  });

  test('run beside each other over connections that are kept', async () => {
    const connection = await connectWith({});
    const round = () => Promise.all(Array.from({ length: 40 }, () => connection.cluster.list(query)));
    const reads = [...(await round()), ...(await round())];
    expect(reads.every(({ ok }) => ok)).toBe(true);
    expect(connection.requestCount()).toBe(80);
  });
});

describe('single objects', () => {
  test('an object is found', async () => {
    const { cluster } = await connectWith({});
    const read = await cluster.get({ verb: 'get', kind: 'Service', namespace, name: 'web-1' });
    expect(read).toMatchObject({
      ok: true,
      value: { kind: 'Service', spec: { ports: [{ targetPort: 'http' }] } },
    });
  });

  test.each(['absent', '', '..', 'no/such name', 'NOT valid', '%2e'])('`%s` does not exist', async (name) => {
    const { cluster } = await connectWith({});
    const read = await cluster.get({ verb: 'get', kind: 'Service', namespace, name });
    expect(read).toEqual({ ok: true, value: undefined });
  });

  test.each(['', '..', 'a/b'])('namespace `%s` holds nothing', async (name) => {
    const { cluster } = await connectWith({});
    expect(await cluster.get({ verb: 'get', kind: 'Service', namespace: name, name: 'web-1' })).toMatchObject(
      {
        ok: true,
        value: undefined,
      },
    );
    expect(await cluster.list({ verb: 'list', kind: 'Service', namespace: name })).toEqual({
      ok: true,
      value: [],
    });
  });

  test('a large one arrives whole', async () => {
    const { cluster } = await connectWith({});
    const read = await cluster.get({ verb: 'get', kind: 'ConfigMap', namespace, name: 'big' });
    expect(read.ok && read.value?.data?.['text']?.length).toBe(300_000);
  });
});

test('an API that is not served is told from an object that is absent', async () => {
  const { cluster, problem } = await connectWith({});
  const notServed = { ok: false, failure: { reason: 'not-served' } };
  expect(await cluster.list({ verb: 'list', kind: 'PodMetrics', namespace })).toMatchObject(notServed);
  expect(await cluster.get({ verb: 'get', kind: 'PodMetrics', namespace, name: 'x' })).toMatchObject(
    notServed,
  );
  expect(problem()).toBeUndefined();
});

describe('logs', () => {
  const query = {
    verb: 'logs',
    namespace,
    pod: 'logger',
    container: 'silent',
    previous: false,
    tailLines: 5000,
  } as const;

  test('a log is read', async () => {
    const { cluster } = await connectWith({});
    expect(await cluster.logs(query)).toEqual({ ok: true, value: 'hello\n' });
  });

  test('of a long one the newest lines are kept, from the start of a line', async () => {
    const { cluster } = await connectWith({});
    const read = await cluster.logs({ ...query, container: 'app' });
    const text = read.ok ? read.value : '';
    expect(text.endsWith('\nthe newest line\n')).toBe(true);
    expect(text.length).toBeLessThanOrEqual(128 * 1024);
    expect(text.split('\n')[0]).toBe('x'.repeat(99));
  });

  test('one of the last minutes is asked for as such, which the API server takes', async () => {
    const records: RequestRecord[] = [];
    const { cluster } = await connectWith({}, {}, { onRequest: (record) => records.push(record) });
    expect(await cluster.logs({ ...query, sinceSeconds: 900 })).toEqual({ ok: true, value: 'hello\n' });
    expect(new URL(records[0]?.url ?? '').searchParams.get('sinceSeconds')).toBe('900');
    expect(records[0]?.status).toBe(200);
  });

  test.each([
    ['a run that never was', { previous: true }],
    ['a container that is not there', { container: 'absent' }],
    ['a Pod that is not there', { pod: 'absent' }],
  ])('%s is not found', async (_, change) => {
    const { cluster } = await connectWith({});
    expect(await cluster.logs({ ...query, ...change })).toMatchObject({ failure: { reason: 'not-found' } });
  });
});

test('the version is the one that kubectl sees', async () => {
  const { cluster } = await connectWith({});
  const seen: unknown = JSON.parse(kubectl(['version', '-o', 'json']));
  const read = await cluster.serverVersion();
  expect(seen).toMatchObject({ serverVersion: { gitVersion: read.ok ? read.value : '' } });
});

test('now is the moment of connecting', async () => {
  const moment = new Date('2026-01-02T03:04:05Z');
  const { cluster } = await connectWith({}, {}, { clock: () => moment });
  expect(cluster.now()).toBe(moment);
});

test('-v 6 tells each request, and no token', async () => {
  const told: string[] = [];
  const { cluster } = await connectWith({}, { verbosity: 6 }, { tell: (line) => told.push(line) });
  await cluster.get({ verb: 'get', kind: 'Service', namespace, name: 'web-1' });
  expect(told).toEqual([
    expect.stringMatching(
      `^GET ${server}/api/v1/namespaces/${namespace}/services/web-1 200 OK in \\d+ milliseconds$`,
    ),
  ]);
});
