import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { load } from 'js-yaml';
import type { Cluster, Query } from '../../src/cluster/cluster.ts';
import { clusterOfTexts } from '../../src/cluster/file/open.ts';
import type { Kinds } from '../../src/cluster/kinds.ts';
import { recordingCluster } from '../../src/cluster/recording.ts';
import { failed, found, type Read } from '../../src/model/read.ts';

const OWN = 'gateway-doctor/v1';

function clusterOf(text: string): Cluster {
  return clusterOfTexts('test', [{ name: 'test', role: { holds: 'objects' }, text }]);
}

function ask(cluster: Cluster, query: Query): Promise<Read<unknown>> {
  if (query.verb === 'get') return cluster.get(query);
  if (query.verb === 'list') return cluster.list(query);
  return cluster.logs(query);
}

const listIngresses: Query = { verb: 'list', kind: 'Ingress' };

/** Text as it comes from people, from attackers and from YAML's darker corners. */
const text = fc.oneof(
  fc.constantFrom(
    'yes',
    'no',
    '1e3',
    '007',
    '0x1F',
    '~',
    'null',
    '',
    ' ',
    '2026-01-01',
    '2026-01-01T00:00:00Z',
    '- a',
  ),
  fc.constantFrom(
    'a: b',
    '# c',
    '*x',
    '&x',
    '!tag',
    '%d',
    '@',
    '`',
    '"',
    "'",
    '|',
    '>-',
    '{',
    '---\na',
    '<<',
    '=',
    '.nan',
  ),
  fc.constantFrom(
    '\u0000',
    '\u001b[31m',
    '\r',
    '\r\n',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\ud800',
    'é\u0301😀',
    'trail ',
    '\n\n x\n ',
  ),
  fc.constantFrom('x'.repeat(5000), 'word '.repeat(1000), '__proto__', 'constructor'),
  fc.string({ unit: 'binary' }),
);
const name = fc.constantFrom('a', 'b', 'c', 'a-b');
const namespace = fc.constantFrom('shop', 'shop-2', 'other');
const labels = fc.dictionary(
  fc.oneof(fc.constantFrom('app', 'tier'), text),
  fc.oneof(fc.constantFrom('web', 'api'), text),
  {
    maxKeys: 3,
  },
);

const documents = fc.array(
  fc.record({
    kind: fc.constantFrom('Ingress', 'Pod', 'Service', 'ConfigMap', 'Secret', 'Event', 'Node'),
    metadata: fc.record({ name, namespace, labels, annotations: fc.dictionary(text, text, { maxKeys: 2 }) }),
    spec: fc.record({ nodeName: text, selector: labels }),
    status: fc.record({ message: text, phase: fc.constantFrom('Running', 'Failed') }),
    data: fc.dictionary(text, text, { maxKeys: 2 }),
    message: text,
    count: fc.double(),
  }),
  { maxLength: 12 },
);
const logs = fc.array(
  fc.record({
    apiVersion: fc.constant(OWN),
    kind: fc.constant('PodLog'),
    metadata: fc.record({ name, namespace }),
    container: name,
    previous: fc.boolean(),
    text: fc.array(text).map((lines) => lines.join('\n')),
  }),
  { maxLength: 5 },
);
const failures = fc.array(
  fc.record({
    apiVersion: fc.constant(OWN),
    kind: fc.constant('ReadFailure'),
    read: fc.record(
      {
        kind: fc.constantFrom('Pod', 'Secret', 'PodLog', 'ServerVersion', 'Event'),
        verb: fc.constantFrom('get', 'list', 'logs'),
        namespace,
        name,
      },
      { requiredKeys: ['kind'] },
    ),
    reason: fc.constantFrom('forbidden', 'timed-out', 'not-served', 'failed'),
    message: text,
  }),
  { maxLength: 3 },
);
const info = fc.record(
  {
    apiVersion: fc.constant(OWN),
    kind: fc.constant('SnapshotInfo'),
    serverVersion: text,
    complete: fc.boolean(),
  },
  { requiredKeys: ['apiVersion', 'kind'] },
);

const kind = fc.constantFrom('Ingress', 'Pod', 'Service', 'ConfigMap', 'Secret', 'Event', 'Job');
const query: fc.Arbitrary<Query> = fc.oneof(
  fc.record({ verb: fc.constant('get'), kind, namespace, name }),
  fc.record({ verb: fc.constant('get'), kind: fc.constant('Node'), name }),
  fc.record(
    {
      verb: fc.constant('list'),
      kind,
      namespace,
      labelSelector: fc.constantFrom('app=web', 'app', '!tier', 'app in (web,api)', 'app=a=b'),
      fieldSelector: fc.constantFrom('metadata.name=a', 'status.phase!=Running'),
    },
    { requiredKeys: ['verb', 'kind'] },
  ),
  fc.record(
    {
      verb: fc.constant('logs'),
      namespace,
      pod: name,
      container: name,
      previous: fc.boolean(),
      tailLines: fc.constant(3),
      sinceSeconds: fc.constantFrom(60, 900),
    },
    { requiredKeys: ['verb', 'namespace', 'pod', 'container', 'previous', 'tailLines'] },
  ),
);

test('a snapshot gives every answer that was recorded, byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(
      documents,
      logs,
      failures,
      info,
      fc.array(query),
      async (objects, podLogs, refused, about, queries) => {
        const asked: readonly Query[] = [listIngresses, ...queries];
        const source = clusterOf(
          JSON.stringify([about, ...objects, ...podLogs, ...refused, { kind: 'Ingress' }]),
        );
        const recording = recordingCluster(source);
        const answers = await Promise.all(asked.map((one) => ask(recording.cluster, one)));
        const version = await recording.cluster.serverVersion();
        const snapshot = recording.snapshot();

        const replay = clusterOf(snapshot);
        const replayed = await Promise.all(asked.map((one) => ask(replay, one)));
        expect(JSON.stringify(replayed)).toBe(JSON.stringify(answers));
        expect(await replay.serverVersion()).toEqual(version);
        expect(replay.now()).toEqual(recording.cluster.now());
        // The source itself answers alike too: recording changes nothing of a cluster that stands still.
        const direct = await Promise.all(asked.map((one) => ask(source, one)));
        expect(JSON.stringify(direct)).toBe(JSON.stringify(answers));

        const again = recordingCluster(replay);
        await Promise.all([...asked.map((one) => ask(again.cluster, one)), again.cluster.serverVersion()]);
        expect(again.snapshot()).toBe(snapshot);
      },
    ),
    { numRuns: 100 },
  );
});

test('a snapshot does not depend on the order of reads', async () => {
  const source = clusterOf(
    JSON.stringify(['a', 'b', 'c'].map((one) => ({ kind: 'Ingress', metadata: { name: one } }))),
  );
  const queries: Query[] = ['c', 'a', 'b'].map((one) => ({
    verb: 'get',
    kind: 'Ingress',
    namespace: 'default',
    name: one,
  }));
  const snapshots: string[] = [];
  for (const order of [queries, queries.toReversed()]) {
    const recording = recordingCluster(source);
    for (const one of order) await ask(recording.cluster, one);
    snapshots.push(recording.snapshot({ takenAt: new Date(0) }));
  }
  expect(snapshots[0]).toBe(snapshots[1]);
  expect(load(snapshots[0] ?? '')).toMatchObject({
    kind: 'List',
    items: [
      { kind: 'SnapshotInfo', takenAt: '1970-01-01T00:00:00.000Z' },
      { metadata: { name: 'a' } },
      { metadata: { name: 'b' } },
      { metadata: { name: 'c' } },
    ],
  });
});

/** A cluster that gives these Pods, list after list, and finds what was listed last. */
function changingCluster(...lists: readonly (readonly Kinds['Pod'][])[]): Cluster {
  let turn = 0;
  let current: readonly unknown[] = [];
  const still = clusterOf(JSON.stringify({ kind: 'Ingress', metadata: { name: 'web' } }));
  return {
    ...still,
    get: async ({ name: wanted }) =>
      found(current.find((pod) => JSON.stringify(pod).includes(`"${wanted}"`)) as never),
    list: async ({ kind: wanted }) => {
      if (wanted !== 'Pod') return still.list({ verb: 'list', kind: wanted });
      current = lists[turn] ?? [];
      turn += 1;
      return found(current as never);
    },
  };
}

test('a cluster that changes between two reads is still told alike', async () => {
  const pod = (podName: string, phase: string): Kinds['Pod'] => ({
    kind: 'Pod',
    metadata: { name: podName, namespace: 'shop', labels: { app: 'web' } },
    status: { phase },
  });
  const queries: Query[] = [
    listIngresses,
    { verb: 'get', kind: 'Pod', namespace: 'shop', name: 'new' },
    { verb: 'list', kind: 'Pod', namespace: 'shop', labelSelector: 'app=web' },
    { verb: 'list', kind: 'Pod', namespace: 'shop' },
    { verb: 'list', kind: 'Pod' },
    { verb: 'get', kind: 'Pod', namespace: 'shop', name: 'old' },
  ];
  const recording = recordingCluster(
    changingCluster(
      [pod('old', 'Running')],
      [pod('old', 'Failed'), pod('new', 'Pending')],
      [pod('new', 'Running')],
    ),
  );
  const answers: unknown[] = [];
  for (const one of queries) answers.push(await ask(recording.cluster, one));
  expect(answers.slice(1)).toMatchObject([
    { ok: true, value: undefined },
    { value: [{ metadata: { name: 'old' } }] },
    { value: [{ metadata: { name: 'new' } }, { status: { phase: 'Running' } }] },
    { value: [{ metadata: { name: 'new' }, status: { phase: 'Pending' } }] },
    { ok: true, value: undefined },
  ]);
  const replay = clusterOf(recording.snapshot());
  for (const [index, one] of queries.entries()) expect(await ask(replay, one)).toEqual(answers[index]);
});

test('failures keep the words of whoever failed', async () => {
  const cluster: Cluster = {
    ...clusterOf('kind: Ingress\nmetadata: {name: web}'),
    list: async () => failed('forbidden', 'all the Pods', 'User "x" cannot list'),
    logs: async () => failed('timed-out', 'a log', 'after 10s'),
    serverVersion: async () => failed('unauthorized', 'the version', 'who are you'),
  };
  const recording = recordingCluster(cluster);
  const queries: Query[] = [
    { verb: 'get', kind: 'Ingress', namespace: 'default', name: 'web' },
    { verb: 'list', kind: 'Pod' },
    { verb: 'logs', namespace: 'shop', pod: 'p', container: 'c', previous: true, tailLines: 10 },
  ];
  for (const one of queries) await ask(recording.cluster, one);
  await recording.cluster.serverVersion();
  const replay = clusterOf(recording.snapshot());
  for (const one of queries) expect(await ask(replay, one)).toEqual(await ask(recording.cluster, one));
  expect(await replay.serverVersion()).toEqual(await cluster.serverVersion());
});

test('no Secret and no environment value gets into a snapshot, even from a cluster that hands them out', async () => {
  const certificate = readFileSync(join(import.meta.dirname, '../fixtures/certificates/shop.crt'));
  const key = readFileSync(join(import.meta.dirname, '../fixtures/certificates/shop.key'));
  const secret = {
    kind: 'Secret',
    metadata: {
      name: 'web-tls',
      namespace: 'shop',
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': '{"stringData":{"token":"marker"}}',
      },
    },
    data: {
      'tls.crt': certificate.toString('base64'),
      'tls.key': key.toString('base64'),
      password: Buffer.from('marker').toString('base64'),
    },
    stringData: { token: 'marker' },
  };
  const pod = {
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'shop' },
    spec: { containers: [{ name: 'c', env: [{ name: 'PASSWORD', value: 'marker' }] }] },
  };
  const leaky: Cluster = {
    ...clusterOf('kind: Ingress\nmetadata: {name: web}'),
    get: async () => found(secret as never),
    list: async () => found([pod] as never),
  };
  const recording = recordingCluster(leaky);
  await ask(recording.cluster, { verb: 'get', kind: 'Secret', namespace: 'shop', name: 'web-tls' });
  await ask(recording.cluster, { verb: 'list', kind: 'Pod' });
  const snapshot = recording.snapshot();
  expect(snapshot).toContain('CN=shop.example.com');
  expect(snapshot).toContain('PASSWORD');
  for (const hidden of [
    'marker',
    Buffer.from('marker').toString('base64'),
    key.toString('base64').slice(40, 80),
  ]) {
    expect(snapshot).not.toContain(hidden);
  }
});
