import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Cluster } from '../../../src/cluster/cluster.ts';
import { openFile } from '../../../src/cluster/file/open.ts';
import type { Kind } from '../../../src/cluster/kinds.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-doctor-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function write(path: string, content: string | Buffer | object): Promise<string> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(
    file,
    typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content),
  );
  return file;
}

async function names(cluster: Cluster, kind: Kind, namespace?: string): Promise<readonly string[] | string> {
  const read = await cluster.list({ verb: 'list', kind, ...(namespace !== undefined && { namespace }) });
  return read.ok
    ? read.value.map(({ metadata }) => `${metadata?.namespace ?? ''}/${metadata?.name}`)
    : read.failure.reason;
}

const ingress = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web', namespace: 'shop' },
};
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'api', namespace: 'shop' } };
const ingressYaml =
  'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web, namespace: shop}\n';
const serviceYaml = 'apiVersion: v1\nkind: Service\nmetadata: {name: api, namespace: shop}\n';

describe('one file', () => {
  test.each<[string, string | Buffer]>([
    [
      'a List in YAML',
      `apiVersion: v1\nkind: List\nitems:\n- ${JSON.stringify(ingress)}\n- ${JSON.stringify(service)}\n`,
    ],
    [
      'a List in JSON',
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [ingress, service] }, null, 2),
    ],
    ['YAML documents, one of them empty', `---\n${ingressYaml}---\n---\n${serviceYaml}...\n`],
    ['JSON lines', `${JSON.stringify(ingress)}\n${JSON.stringify(service)}\n`],
    [
      'JSON values one after the other',
      `${JSON.stringify(ingress, null, 2)}${JSON.stringify(service, null, 2)}`,
    ],
    [
      'flow-style YAML',
      `{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web, namespace: shop}}\n---\n${serviceYaml}`,
    ],
    ['JSON, then YAML', `${JSON.stringify(ingress)}\n---\n${serviceYaml}`],
    ['a JSON array', JSON.stringify([ingress, service])],
    ['a byte order mark', `\ufeff${ingressYaml}---\n${serviceYaml}`],
    ['UTF-16 from PowerShell', Buffer.from(`\ufeff${ingressYaml}---\r\n${serviceYaml}`, 'utf16le')],
    ['Windows line ends', `${ingressYaml}---\n${serviceYaml}`.replaceAll('\n', '\r\n')],
  ])('%s', async (_, content) => {
    const cluster = await openFile(await write('file', content));
    expect(await names(cluster, 'Ingress')).toEqual(['shop/web']);
    expect(await names(cluster, 'Service')).toEqual(['shop/api']);
  });

  test('an object without a namespace is in `default`; a Node with one is in none', async () => {
    const file = await write(
      'a.yaml',
      'kind: Ingress\nmetadata: {name: web}\n---\nkind: Node\nmetadata: {name: n, namespace: x}',
    );
    const cluster = await openFile(file);
    expect(await names(cluster, 'Ingress')).toEqual(['default/web']);
    expect(await cluster.get({ verb: 'get', kind: 'Node', name: 'n' })).toMatchObject({
      value: { metadata: { name: 'n' } },
    });
  });

  test('kinds of other API groups are not taken for ours', async () => {
    const knative = { apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: { name: 'x' } };
    const cluster = await openFile(
      await write('a.json', [ingress, knative, { kind: 'constructor' }, 'text', null]),
    );
    expect(await names(cluster, 'Service')).toBe('not-captured');
  });

  test('an old Ingress gets today’s shape', async () => {
    const file = await write(
      'old.yaml',
      `
apiVersion: extensions/v1beta1
kind: Ingress
metadata: {name: web}
spec:
  backend: {serviceName: fallback, servicePort: 80}
  rules:
  - http: {paths: [{path: /, backend: {serviceName: api, servicePort: http}}, {path: /n, backend: {serviceName: n, servicePort: "8080"}}]}
`,
    );
    const cluster = await openFile(file);
    const read = await cluster.get({ verb: 'get', kind: 'Ingress', namespace: 'default', name: 'web' });
    expect(read).toMatchObject({
      value: {
        apiVersion: 'networking.k8s.io/v1',
        spec: {
          defaultBackend: { service: { name: 'fallback', port: { number: 80 } } },
          rules: [
            {
              http: {
                paths: [
                  { backend: { service: { name: 'api', port: { name: 'http' } } } },
                  { backend: { service: { name: 'n', port: { number: 8080 } } } },
                ],
              },
            },
          ],
        },
      },
    });
  });

  test('times and texts that look like numbers stay texts, ports stay numbers', async () => {
    const file = await write(
      'a.yaml',
      `
kind: Ingress
metadata: {name: web, creationTimestamp: 2026-01-01T00:00:00Z, labels: {version: "1e3", on: yes}}
spec: {defaultBackend: {service: {name: api, port: {number: 8080}}}}
`,
    );
    const cluster = await openFile(file);
    const read = await cluster.get({ verb: 'get', kind: 'Ingress', namespace: 'default', name: 'web' });
    expect(read).toMatchObject({
      value: {
        metadata: { creationTimestamp: '2026-01-01T00:00:00Z', labels: { version: '1e3', on: 'yes' } },
        spec: { defaultBackend: { service: { port: { number: 8080 } } } },
      },
    });
  });

  test('of an object that occurs twice the newer one counts, or else the last', async () => {
    const version = (resourceVersion: string | undefined, type: string): object => ({
      ...service,
      metadata: { ...service.metadata, resourceVersion },
      spec: { type },
    });
    const read = async (...versions: object[]): Promise<unknown> => {
      const cluster = await openFile(await write('twice.json', [ingress, ...versions]));
      const list = await cluster.list({ verb: 'list', kind: 'Service' });
      return list.ok && list.value.map(({ spec }) => spec?.type);
    };
    expect(await read(version('10', 'New'), version('9', 'Old'))).toEqual(['New']);
    expect(await read(version('9', 'Old'), version('10', 'New'))).toEqual(['New']);
    expect(await read(version(undefined, 'First'), version(undefined, 'Last'))).toEqual(['Last']);
  });
});

test('standard input is read where the path is `-`', () => {
  const program = `
    const { openFile } = await import(${JSON.stringify(join(import.meta.dirname, '../../../src/cluster/file/open.ts'))});
    const read = await (await openFile('-')).list({ verb: 'list', kind: 'Ingress' });
    process.stdout.write(JSON.stringify(read.value.map(({ metadata }) => metadata.name)));`;
  const output = execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '--eval', program], {
    input: ingressYaml,
  });
  expect(JSON.parse(String(output))).toEqual(['web']);
});

describe('a folder', () => {
  test('is read with all below it, hidden files, other endings and loops left out', async () => {
    await write('a/web.yaml', ingressYaml);
    await write('a/b/api.json', service);
    await write('c.yml', 'kind: Pod\nmetadata: {name: p}');
    await write('.git/x.yaml', '{{{');
    await write('chart/deployments.yaml', 'replicas: 3\n');
    await write('notes.txt', '{{{');
    await symlink(folder, join(folder, 'loop'));
    const cluster = await openFile(folder);
    expect(await names(cluster, 'Ingress')).toEqual(['shop/web']);
    expect(await names(cluster, 'Service')).toEqual(['shop/api']);
    expect(await names(cluster, 'Pod')).toEqual(['default/p']);
    expect(await names(cluster, 'Deployment')).toBe('not-captured');
  });
});

/** A list as typed clients print it: the items have neither kind nor version. */
function typedList(kind: string, apiVersion: string, ...items: readonly object[]): object {
  return { kind: `${kind}List`, apiVersion, metadata: {}, items };
}

const bare = (namespace: string, name: string): object => ({ metadata: { name, namespace } });

const dumpedLogs = [
  '==== START logs for container init of pod shop/api-1 ====',
  'Request log error: container "init" is waiting',
  '==== END logs for container init of pod shop/api-1 ====',
  '==== START logs for container app of pod shop/api-1 ====',
  'one',
  '==== END logs for container other of pod shop/api-1 ====',
  'two',
  '==== END logs for container app of pod shop/api-1 ====',
  '',
].join('\n');

const logQuery = { verb: 'logs', namespace: 'shop', pod: 'api-1', previous: false, tailLines: 1 } as const;

describe('a cluster-info dump', () => {
  async function writeDump(): Promise<void> {
    await write('nodes.json', typedList('Node', 'v1', { metadata: { name: 'n1' } }));
    await write('shop/services.json', typedList('Service', 'v1', bare('shop', 'api')));
    await write('shop/pods.json', typedList('Pod', 'v1', bare('shop', 'api-1')));
    await write('shop/deployments.json', typedList('Deployment', 'apps/v1'));
    await write('shop/api-1/logs.txt', dumpedLogs);
    await write('kube-system/pods.json', typedList('Pod', 'v1', bare('kube-system', 'dns')));
  }

  test('has no Ingress of its own, which one file beside it can add', async () => {
    await writeDump();
    await expect(openFile(folder)).rejects.toThrow(/holds no Ingress; add /);
    await write('ingress.yaml', ingressYaml);
    const cluster = await openFile(folder);
    expect(await names(cluster, 'Pod')).toEqual(['kube-system/dns', 'shop/api-1']);
    expect(await names(cluster, 'Node')).toEqual(['/n1']);
  });

  test('knows an empty list from one that was not dumped', async () => {
    await writeDump();
    await write('ingress.yaml', ingressYaml);
    const cluster = await openFile(folder);
    expect(await names(cluster, 'Deployment', 'shop')).toEqual([]);
    expect(await names(cluster, 'Deployment', 'kube-system')).toBe('not-captured');
    expect(await names(cluster, 'Pod', 'other')).toBe('not-captured');
    expect(await names(cluster, 'Secret', 'shop')).toBe('not-captured');
  });

  test('holds logs, and says which could not be read', async () => {
    await writeDump();
    await write('ingress.yaml', ingressYaml);
    const cluster = await openFile(folder);
    expect(await cluster.logs({ ...logQuery, container: 'app' })).toEqual({ ok: true, value: 'two\n' });
    expect(await cluster.logs({ ...logQuery, container: 'app', tailLines: 9 })).toMatchObject({
      value: 'one\n==== END logs for container other of pod shop/api-1 ====\ntwo\n',
    });
    expect(await cluster.logs({ ...logQuery, container: 'init' })).toMatchObject({
      failure: { reason: 'failed', message: 'container "init" is waiting' },
    });
    expect(await cluster.logs({ ...logQuery, container: 'app', previous: true })).toMatchObject({
      failure: { reason: 'not-captured' },
    });
  });

  test('may also be one text, as it is printed without a folder', async () => {
    const text = [
      JSON.stringify(typedList('Pod', 'v1', bare('shop', 'api-1')), null, 2),
      dumpedLogs.trimEnd(),
      JSON.stringify(ingress, null, 2),
    ].join('\n');
    const cluster = await openFile(await write('dump.txt', text));
    expect(await names(cluster, 'Pod')).toEqual(['shop/api-1']);
    expect(await cluster.logs({ ...logQuery, container: 'app' })).toEqual({ ok: true, value: 'two\n' });
  });
});

describe('a troubleshoot.sh support bundle', () => {
  const root = 'support-bundle-2026-01-01/cluster-resources';

  test('is read from cluster-resources alone', async () => {
    await write(`${root}/ingress/shop.json`, [bare('shop', 'web')]);
    await write(`${root}/services/shop.json`, typedList('Service', 'v1', bare('shop', 'api')));
    await write(`${root}/pods/shop.json`, [bare('shop', 'api-1')]);
    await write(`${root}/pods/logs/shop/api-1/app.log`, 'now\n');
    await write(`${root}/pods/logs/shop/api-1/app-previous.log`, 'before\n');
    await write(`${root}/pods/logs/shop/api-1/app-logs-errors.log`, 'trouble');
    await write(`${root}/pvcs/shop.json`, []);
    await write(`${root}/nodes.json`, [{ metadata: { name: 'n1' } }]);
    await write(`${root}/events-errors.json`, { shop: 'events is forbidden: User "x" cannot list' });
    await write(`${root}/endpointslices-errors.json`, 'null');
    await write(`${root}/custom-resources/things.example.com/shop.yaml`, '{{{');
    await write(`${root}/auth-cani-list/shop.json`, [{ verbs: ['get'] }]);
    await write('support-bundle-2026-01-01/analysis.json', '[{}');
    const cluster = await openFile(folder);
    expect(await names(cluster, 'Ingress')).toEqual(['shop/web']);
    expect(await names(cluster, 'Service', 'shop')).toEqual(['shop/api']);
    expect(await names(cluster, 'Node')).toEqual(['/n1']);
    expect(await names(cluster, 'PersistentVolumeClaim', 'shop')).toEqual([]);
    expect(await names(cluster, 'EndpointSlice', 'shop')).toBe('not-captured');
    expect(await names(cluster, 'Event', 'shop')).toBe('forbidden');
    expect(await cluster.logs({ ...logQuery, container: 'app' })).toEqual({ ok: true, value: 'now\n' });
    expect(await cluster.logs({ ...logQuery, container: 'app', previous: true })).toEqual({
      ok: true,
      value: 'before\n',
    });
  });
});

describe('what cannot be diagnosed from', () => {
  test.each<[string, string, RegExp]>([
    ['nothing', '', /holds no Kubernetes objects$/],
    ['prose', 'No resources found in default namespace.\n', /holds no Kubernetes objects$/],
    ['no Ingress', serviceYaml, /holds no Ingress; add /],
    ['malformed YAML', 'kind: Ingress\nmetadata:\n  name: web\n bad: x\n', /file:4:\d+: /],
    ['malformed JSON', '{\n  "kind": "Ingress",\n  "metadata": {"name": "web" "x"}\n}', /file:3:\d+: /],
    ['cut off JSON', '{\n  "kind": "Ingress",\n', /file:\d:\d+: /],
    ['a second JSON value that is malformed', `{"a": 1}\n{"b": 2}\n{"c": "d" "e"}\n`, /file:3:\d+: /],
    ['nesting without end', '['.repeat(100_000), /file:1:\d+: /],
    ['a bomb of aliases', `a: &a [x]\nb: [${'*a,'.repeat(101)}]\n`, /alias/],
    ['a tag that makes more than JSON', 'a: !!js/function x', /file:1:\d+: /],
  ])('%s', async (_, content, message) => {
    const error: unknown = await openFile(await write('file', content)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'FileError', message: expect.stringMatching(message) });
    expect((error as Error).message).not.toContain('\n');
  });

  test('a path that leads nowhere', async () => {
    const error: unknown = await openFile(join(folder, 'missing')).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: 'FileError',
      message: expect.stringMatching(/missing: cannot be read: no such file/),
    });
  });
});
