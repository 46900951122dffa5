import { dump } from 'js-yaml';
import type { Cluster, GetQuery, ListQuery, LogQuery } from '../../../src/cluster/cluster.ts';
import { clusterOfTexts, type FileOptions } from '../../../src/cluster/file/open.ts';

const OWN = 'gateway-doctor/v1';
const ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web', namespace: 'shop' },
};
const secret = { kind: 'Secret', metadata: { name: 'a', namespace: 'shop' }, data: {} };

function clusterOf(items: readonly object[], options?: FileOptions): Cluster {
  const text = dump({ apiVersion: 'v1', kind: 'List', items });
  return clusterOfTexts('test.yaml', [{ name: 'test.yaml', role: { holds: 'objects' }, text }], options);
}

const listPods: ListQuery = { verb: 'list', kind: 'Pod', namespace: 'shop' };
const getSecret: GetQuery = { verb: 'get', kind: 'Secret', namespace: 'shop', name: 'missing' };
const log: LogQuery = {
  verb: 'logs',
  namespace: 'shop',
  pod: 'p',
  container: 'c',
  previous: false,
  tailLines: 2,
};

function readFailure(read: object, reason = 'forbidden'): object {
  return { apiVersion: OWN, kind: 'ReadFailure', read, reason, message: `no ${reason}` };
}

describe('what is not in the file', () => {
  test('was not captured where the file holds no object of the kind', async () => {
    const cluster = clusterOf([ingress]);
    expect(await cluster.list(listPods)).toMatchObject({ ok: false, failure: { reason: 'not-captured' } });
    expect(await cluster.get(getSecret)).toMatchObject({ ok: false, failure: { reason: 'not-captured' } });
    expect(await cluster.logs(log)).toMatchObject({ ok: false, failure: { reason: 'not-captured' } });
    expect(await cluster.serverVersion()).toMatchObject({ ok: false, failure: { reason: 'not-captured' } });
  });

  test('does not exist where the file holds some of the kind', async () => {
    expect(await clusterOf([ingress, secret]).get(getSecret)).toEqual({ ok: true, value: undefined });
  });

  test('does not exist where the file is complete', async () => {
    const cluster = clusterOf([{ apiVersion: OWN, kind: 'SnapshotInfo', complete: true }]);
    expect(await cluster.list(listPods)).toEqual({ ok: true, value: [] });
    expect(await cluster.get(getSecret)).toEqual({ ok: true, value: undefined });
    expect(await cluster.logs(log)).toMatchObject({ failure: { reason: 'not-found' } });
  });

  test('of logs does not exist where the file holds some, unless it is a recording', async () => {
    const metadata = { namespace: 'shop', name: 'other' };
    const podLog = { apiVersion: OWN, kind: 'PodLog', metadata, container: 'c', text: 'x' };
    expect(await clusterOf([ingress, podLog]).logs(log)).toMatchObject({ failure: { reason: 'not-found' } });
    const captured = [{ verb: 'list', kind: 'Ingress' }];
    const recording = clusterOf([{ apiVersion: OWN, kind: 'SnapshotInfo', captured }, ingress, podLog]);
    expect(await recording.logs(log)).toMatchObject({ failure: { reason: 'not-captured' } });
  });

  test('of a recording is known for just what its reads cover', async () => {
    const captured = [
      { verb: 'list', kind: 'Pod', namespace: 'shop', labelSelector: 'app=web' },
      { verb: 'get', kind: 'Secret', namespace: 'shop', name: 'a' },
      { verb: 'list', kind: 'Service' },
      { verb: 'list', kind: 'nonsense' },
    ];
    const cluster = clusterOf([{ apiVersion: OWN, kind: 'SnapshotInfo', captured }, ingress, secret]);
    const empty = { ok: true, value: [] };
    const unknown = { ok: false, failure: { reason: 'not-captured' } };
    expect(await cluster.list({ ...listPods, labelSelector: 'app=web' })).toEqual(empty);
    expect(await cluster.list({ ...listPods, labelSelector: 'app=api' })).toMatchObject(unknown);
    expect(await cluster.list(listPods)).toMatchObject(unknown);
    expect(await cluster.get({ verb: 'get', kind: 'Pod', namespace: 'shop', name: 'p' })).toMatchObject(
      unknown,
    );
    expect(await cluster.get(getSecret)).toMatchObject(unknown);
    expect(await cluster.get({ ...getSecret, name: 'a' })).toMatchObject({
      ok: true,
      value: { metadata: { name: 'a' } },
    });
    expect(await cluster.list({ verb: 'list', kind: 'Service', namespace: 'x', labelSelector: 'a' })).toEqual(
      empty,
    );
    expect(await cluster.list({ verb: 'list', kind: 'Ingress' })).toMatchObject({ value: [ingress] });
  });
});

describe('a ReadFailure', () => {
  test('of a kind covers every read of it, whatever the file holds', async () => {
    const cluster = clusterOf([ingress, secret, readFailure({ kind: 'Secret' })]);
    const refused = { ok: false, failure: { reason: 'forbidden', message: 'no forbidden' } };
    expect(await cluster.get({ ...getSecret, name: 'a' })).toMatchObject(refused);
    expect(await cluster.list({ verb: 'list', kind: 'Secret' })).toMatchObject(refused);
    expect(await cluster.list({ verb: 'list', kind: 'Ingress' })).toMatchObject({ ok: true });
  });

  test('of a namespace covers that one, and the list of all', async () => {
    const cluster = clusterOf([
      ingress,
      secret,
      readFailure({ kind: 'Secret', namespace: 'shop' }, 'timed-out'),
    ]);
    expect(await cluster.get(getSecret)).toMatchObject({ failure: { reason: 'timed-out' } });
    expect(await cluster.list({ verb: 'list', kind: 'Secret' })).toMatchObject({
      failure: { reason: 'timed-out' },
    });
    expect(await cluster.list({ verb: 'list', kind: 'Secret', namespace: 'other' })).toEqual({
      ok: true,
      value: [],
    });
  });

  test('without a kind covers all that lies in its namespace, and hides no Ingress of another', async () => {
    const cluster = clusterOf([ingress, secret, readFailure({ namespace: 'ingress-nginx' })]);
    const refused = { failure: { reason: 'forbidden' } };
    expect(await cluster.list({ verb: 'list', kind: 'Pod', namespace: 'ingress-nginx' })).toMatchObject(
      refused,
    );
    expect(await cluster.list({ verb: 'list', kind: 'Deployment' })).toMatchObject(refused);
    expect(await cluster.logs({ ...log, namespace: 'ingress-nginx' })).toMatchObject(refused);
    expect(await cluster.get({ ...getSecret, name: 'a' })).toMatchObject({ ok: true });
    expect(await cluster.list({ verb: 'list', kind: 'IngressClass' })).toMatchObject({
      failure: { reason: 'not-captured' },
    });
    expect(await cluster.list({ verb: 'list', kind: 'Ingress' })).toMatchObject({ value: [ingress] });
  });

  test('with a verb covers just the read that it spells out', async () => {
    const cluster = clusterOf([ingress, secret, readFailure({ verb: 'list', kind: 'Secret' })]);
    expect(await cluster.list({ verb: 'list', kind: 'Secret' })).toMatchObject({ ok: false });
    expect(await cluster.list({ verb: 'list', kind: 'Secret', namespace: 'shop' })).toMatchObject({
      ok: true,
    });
  });

  test('covers logs by Pod, container and run', async () => {
    const cluster = clusterOf([
      ingress,
      {
        apiVersion: OWN,
        kind: 'PodLog',
        metadata: { namespace: 'shop', name: 'p' },
        container: 'c',
        text: 'a\nb\nc',
      },
      readFailure({ kind: 'PodLog', namespace: 'shop', name: 'p', previous: true }, 'not-found'),
    ]);
    expect(await cluster.logs(log)).toEqual({ ok: true, value: 'b\nc' });
    expect(await cluster.logs({ ...log, previous: true })).toMatchObject({
      failure: { reason: 'not-found' },
    });
  });

  test('that was written carelessly still fails', async () => {
    const careless = {
      apiVersion: OWN,
      kind: 'ReadFailure',
      spec: { read: { kind: 'Secret' }, reason: 'odd' },
    };
    const cluster = clusterOf([ingress, secret, careless, { apiVersion: OWN, kind: 'ReadFailure' }]);
    expect(await cluster.get(getSecret)).toMatchObject({ failure: { reason: 'failed' } });
  });

  test('of Ingresses makes a file without any worth reading', async () => {
    const cluster = clusterOf([readFailure({ kind: 'Ingress' })]);
    expect(await cluster.list({ verb: 'list', kind: 'Ingress' })).toMatchObject({ ok: false });
  });
});

describe('a log of some time', () => {
  const metadata = { namespace: 'shop', name: 'p' };
  const podLog = { apiVersion: OWN, kind: 'PodLog', metadata, container: 'c' };
  const info = { apiVersion: OWN, kind: 'SnapshotInfo', takenAt: '2026-03-02T12:00:00Z' };
  const text = '2026-03-02T11:30:00Z old\n2026-03-02T11:50:00Z new\nwithout a time\n';
  const query = { ...log, tailLines: 100, sinceSeconds: 900 };

  test('is without the lines from before', async () => {
    const cluster = clusterOf([info, ingress, { ...podLog, text }]);
    expect(await cluster.logs(query)).toMatchObject({
      value: '2026-03-02T11:50:00Z new\nwithout a time\n',
    });
    expect(await cluster.logs({ ...query, sinceSeconds: 3600 })).toMatchObject({ value: text });
    expect(await cluster.logs({ ...log, tailLines: 100 })).toMatchObject({ value: text });
  });

  test('that was recorded for just that time is taken as it is', async () => {
    const cluster = clusterOf([
      info,
      ingress,
      { ...podLog, sinceSeconds: 900, text },
      { ...podLog, text: 'all' },
    ]);
    expect(await cluster.logs(query)).toMatchObject({ value: text });
    expect(await cluster.logs({ ...query, sinceSeconds: 300 })).toMatchObject({ value: 'all' });
    expect(await cluster.logs({ ...log, tailLines: 100 })).toMatchObject({ value: 'all' });
  });

  test('is cut from a longer one where there is no other', async () => {
    const cluster = clusterOf([info, ingress, { ...podLog, sinceSeconds: 3600, text }]);
    expect(await cluster.logs({ ...query, sinceSeconds: 900 })).toMatchObject({
      value: '2026-03-02T11:50:00Z new\nwithout a time\n',
    });
    expect(await cluster.logs({ ...query, sinceSeconds: 7200 })).toMatchObject({ value: text });
  });
});

test('a log is cut to its newest lines', async () => {
  const line = 'x'.repeat(999);
  const text = `${`${line}\n`.repeat(200)}end\n`;
  const metadata = { namespace: 'shop', name: 'p' };
  const cluster = clusterOf([ingress, { apiVersion: OWN, kind: 'PodLog', metadata, container: 'c', text }]);
  const read = await cluster.logs({ ...log, tailLines: 1000 });
  expect(read).toEqual({ ok: true, value: `${`${line}\n`.repeat(131)}end\n` });
});

describe('selectors', () => {
  const pods = ['a', 'b', 'c'].map((name, index) => ({
    kind: 'Pod',
    metadata: { name, namespace: index === 2 ? 'other' : 'shop', labels: { app: name } },
    spec: { nodeName: `node-${index}` },
  }));
  const cluster = clusterOf([ingress, ...pods]);

  test.each<[Partial<ListQuery>, readonly string[]]>([
    // In order of namespace, then name.
    [{ labelSelector: 'app in (a,c)' }, ['c', 'a']],
    [{ labelSelector: 'app!=a', namespace: 'shop' }, ['b']],
    [{ fieldSelector: 'spec.nodeName=node-1' }, ['b']],
    [{ fieldSelector: 'metadata.name!=a', labelSelector: 'app' }, ['c', 'b']],
  ])('%j', async (narrowed, expected) => {
    const read = await cluster.list({ verb: 'list', kind: 'Pod', ...narrowed });
    expect(read.ok && read.value.map(({ metadata }) => metadata?.name)).toEqual(expected);
  });

  test('that cannot be read fail', async () => {
    expect(await cluster.list({ verb: 'list', kind: 'Pod', labelSelector: 'a=b=c' })).toMatchObject({
      ok: false,
    });
  });
});

describe('the clock', () => {
  const info = { apiVersion: OWN, kind: 'SnapshotInfo', takenAt: '2026-03-01T12:00:00.5+01:00' };
  const old = {
    kind: 'Pod',
    metadata: {
      name: 'p',
      creationTimestamp: '2026-01-01T00:00:00Z',
      deletionTimestamp: '2030-01-01T00:00:00Z',
      annotations: { restartedAt: '2031-01-01T00:00:00Z' },
    },
    status: { conditions: [{ lastTransitionTime: '2026-02-01T00:00:00Z' }] },
  };

  test('stands at takenAt', () => {
    expect(clusterOf([ingress, old, info]).now().toISOString()).toBe('2026-03-01T11:00:00.500Z');
  });

  test('or else at the newest time in the file', () => {
    const wrong = { ...info, takenAt: 'yesterday' };
    expect(clusterOf([ingress, old, wrong]).now().toISOString()).toBe('2026-02-01T00:00:00.000Z');
  });

  test('or where it is told', () => {
    const cluster = clusterOf([ingress, old, info], { at: '2027-01-01T00:00:00Z' });
    expect(cluster.now().toISOString()).toBe('2027-01-01T00:00:00.000Z');
    expect(() => clusterOf([ingress], { at: 'noon' })).toThrow(/`noon` is not a time/);
  });

  test('or at today', () => {
    expect(Math.abs(clusterOf([ingress]).now().getTime() - Date.now())).toBeLessThan(60_000);
  });
});

describe('Endpoints', () => {
  const targetRef = { kind: 'Pod', namespace: 'shop', name: 'web-1' };
  const endpoints = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'web', namespace: 'shop' },
    subsets: [{ notReadyAddresses: [{ ip: '10.0.0.1', targetRef }], ports: [{ name: 'http', port: 8080 }] }],
  };
  const list: ListQuery = {
    verb: 'list',
    kind: 'EndpointSlice',
    namespace: 'shop',
    labelSelector: 'kubernetes.io/service-name=web',
  };

  test('stand for the EndpointSlices that a file lacks', async () => {
    expect(await clusterOf([ingress, endpoints]).list(list)).toMatchObject({
      value: [
        {
          endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready: false }, targetRef }],
          ports: [{ name: 'http', port: 8080 }],
        },
      ],
    });
    expect(await clusterOf([ingress, { ...endpoints, subsets: null }]).list(list)).toMatchObject({
      value: [{ endpoints: [] }],
    });
  });

  test('do not count beside EndpointSlices', async () => {
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'api-1', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'api' } },
    };
    expect(await clusterOf([ingress, endpoints, slice]).list(list)).toEqual({ ok: true, value: [] });
  });
});
