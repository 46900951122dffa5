import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Connection } from '../../src/cluster/live/connect.ts';
import { connect } from '../../src/cluster/live/connect.ts';
import { environment, folder, write } from '../cluster-reads/live/fixture.ts';
import { startConnectProxy } from './connect-proxy.ts';
import { startFaultProxy } from './fault-proxy.ts';
import {
  authority,
  connectWith,
  contextName,
  kubeconfig,
  kubectl,
  makeNamespace,
  removeNamespace,
  server,
  token,
} from './live-bed.ts';

const namespace = makeNamespace();
afterAll(() => removeNamespace(namespace));

const list = { verb: 'list', kind: 'Service', namespace } as const;
const readServices = ({ cluster }: Connection) => cluster.list(list);

/** Who the API server took us for, by its refusal. */
async function whoIs(connection: Connection): Promise<string | undefined> {
  const read = await readServices(connection);
  if (read.ok) return 'somebody with rights';
  expect(read.failure.reason).toBe('forbidden');
  return /User "([^"]*)"/.exec(read.failure.message)?.[1];
}

describe('kubeconfig', () => {
  test("the bed's own, as users have it", async () => {
    const connection = await connect({ kubeconfig }, environment());
    expect(await readServices(connection)).toEqual({ ok: true, value: [] });
    expect(connection).toMatchObject({ server, context: contextName });
  });

  test('several files in KUBECONFIG', async () => {
    const here = folder();
    const first = write(here, 'first', {
      contexts: [{ name: 'mine', context: { cluster: 'elsewhere', user: 'x', namespace } }],
    });
    const files = [path.join(here, 'absent'), first, kubeconfig].join(path.delimiter);
    const connection = await connect({}, environment({ variables: { KUBECONFIG: files } }));
    expect(connection.context).toBe(contextName);
    expect(await readServices(connection)).toMatchObject({ ok: true });
    const unknown = connect({ context: 'mien' }, environment({ variables: { KUBECONFIG: files } }));
    await expect(unknown).rejects.toMatchObject({
      name: 'ConnectionError',
      message: expect.stringContaining('`mine`'),
    });
  });

  test('a relative authority is found beside its file', async () => {
    const here = folder();
    write(here, 'ca.crt', readFileSync(authority, 'utf8'));
    const config = {
      clusters: [{ name: 'c', cluster: { server, 'certificate-authority': 'ca.crt' } }],
      users: [{ name: 'u', user: { tokenFile: 'token' } }],
      contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'c',
    };
    write(here, 'token', `${token}\n`);
    const connection = await connect({ kubeconfig: write(here, 'config', config) }, environment());
    expect(await readServices(connection)).toMatchObject({ ok: true });
  });

  test('the authority as data', async () => {
    const data = readFileSync(authority).toString('base64');
    const cluster = { 'certificate-authority': undefined, 'certificate-authority-data': data };
    expect(await readServices(await connectWith({ cluster }))).toMatchObject({ ok: true });
  });

  test('flags alone: --server, --token, --certificate-authority', async () => {
    const options = { server, token, certificateAuthority: authority };
    expect(await readServices(await connect(options, environment()))).toMatchObject({ ok: true });
  });
});

describe('trust', () => {
  test('a certificate of an unknown authority stops everything, in one line', async () => {
    const connection = await connectWith({ cluster: { 'certificate-authority': undefined } });
    expect(await readServices(connection)).toMatchObject({ failure: { reason: 'failed' } });
    expect(connection.problem()).toContain('certificate is not trusted');
  });

  test('NODE_EXTRA_CA_CERTS is trusted where the kubeconfig names no authority', () => {
    const main = path.join(import.meta.dirname, '../../src/main.ts');
    const line = [
      '--disable-warning=ExperimentalWarning',
      main,
      'no-such',
      '--server',
      server,
      '--token',
      token,
    ];
    const env = { PATH: process.env['PATH'], KUBECONFIG: '/nonexistent' };
    const diagnose = (extra: object) =>
      spawnSync(process.execPath, line, { encoding: 'utf8', env: { ...env, ...extra } }).stderr;
    expect(diagnose({})).toContain('certificate is not trusted');
    expect(diagnose({ NODE_EXTRA_CA_CERTS: authority })).toContain('Ingress no-such not found');
  }, 30_000);

  test('--insecure-skip-tls-verify trusts it', async () => {
    const connection = await connectWith({}, { insecureSkipTlsVerify: true });
    expect(await readServices(connection)).toMatchObject({ ok: true });
  });

  test('tls-server-name is what the certificate must be for', async () => {
    const named = await connectWith({ cluster: { 'tls-server-name': 'kubernetes.default.svc' } });
    expect(await readServices(named)).toMatchObject({ ok: true });
    const wrong = await connectWith({ cluster: { 'tls-server-name': 'other.example' } });
    await readServices(wrong);
    expect(wrong.problem()).toContain('another host');
  });

  test('HTTP where the server speaks HTTPS says so', async () => {
    const connection = await connectWith({ cluster: { server: server.replace('https', 'http') } });
    await readServices(connection);
    expect(connection.problem()).toContain('`server`');
  });
});

describe('users', () => {
  test('--as and --as-group', async () => {
    expect(await whoIs(await connectWith({}, { as: 'jane' }))).toBe('jane');
    expect(await whoIs(await connectWith({}, { as: 'jane', asGroup: ['dev', 'system:masters'] }))).toBe(
      'somebody with rights',
    );
    expect(await whoIs(await connectWith({ user: { token, as: 'joe' } }))).toBe('joe');
  });

  test('one forbidden read leaves the others alone', async () => {
    kubectl(['create', 'role', 'services', '-n', namespace, '--verb=list', '--resource=services']);
    kubectl(['create', 'rolebinding', 'services', '-n', namespace, '--role=services', '--user=reader']);
    const connection = await connectWith({}, { as: 'reader' });
    const secrets = connection.cluster.get({ verb: 'get', kind: 'Secret', namespace, name: 'x' });
    const logs = connection.cluster.logs({
      verb: 'logs',
      namespace,
      pod: 'x',
      container: 'x',
      previous: false,
      tailLines: 1,
    });
    const forbidden = {
      ok: false,
      failure: { reason: 'forbidden', message: expect.stringContaining('"reader"') },
    };
    expect(await readServices(connection)).toEqual({ ok: true, value: [] });
    expect(await secrets).toMatchObject(forbidden);
    expect(await logs).toMatchObject(forbidden);
    expect(connection.problem()).toBeUndefined();
  });

  test("a service account's token, and the same from inside a Pod", async () => {
    const issued = kubectl(['create', 'token', 'default', '-n', namespace]).trim();
    const name = `system:serviceaccount:${namespace}:default`;
    expect(await whoIs(await connectWith({}, { token: issued }))).toBe(name);
    const serviceAccountFolder = folder();
    write(serviceAccountFolder, 'token', issued);
    write(serviceAccountFolder, 'namespace', namespace);
    write(serviceAccountFolder, 'ca.crt', readFileSync(authority, 'utf8'));
    const { hostname, port } = new URL(server);
    const variables = { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port };
    const inside = await connect({}, environment({ variables, serviceAccountFolder }));
    expect(inside.namespace).toBe(namespace);
    expect(await whoIs(inside)).toBe(name);
  });

  test('credentials that are refused stop everything, in one line', async () => {
    const connection = await connectWith({ user: { token: 'wrong' } });
    expect(await readServices(connection)).toMatchObject({ failure: { reason: 'unauthorized' } });
    expect(connection.problem()).toMatch(/credentials of user `admin`.*401/);
    expect(connection.problem()).not.toContain('wrong');
  });
});

describe('credential plugin', () => {
  const apiVersion = 'client.authentication.k8s.io/v1';

  /** Hands out the texts one run after the other, the last for ever. */
  function plugin(...tokens: readonly string[]) {
    const here = folder();
    tokens.forEach((text, index) => {
      write(
        here,
        `${index}`,
        JSON.stringify({ apiVersion, kind: 'ExecCredential', status: { token: text } }),
      );
    });
    const script = `#!/bin/sh\ncd ${here}; echo run >>runs; n=$(($(wc -l <runs) - 1)); cat $n 2>/dev/null || cat ${tokens.length - 1}\n`;
    const command = write(here, 'plugin', script, 0o700);
    return {
      user: { exec: { apiVersion, command, interactiveMode: 'Never' } },
      runs: () => readFileSync(path.join(here, 'runs'), 'utf8').split('\n').length - 1,
    };
  }

  test('is run once for many reads', async () => {
    const { user, runs } = plugin(token);
    const connection = await connectWith({ user });
    const reads = await Promise.all([1, 2, 3].map(() => readServices(connection)));
    expect(reads.every(({ ok }) => ok)).toBe(true);
    expect(runs()).toBe(1);
  });

  test('is run again when its token has expired, once for all reads', async () => {
    const { user, runs } = plugin('expired', token);
    const connection = await connectWith({ user });
    const reads = await Promise.all([1, 2, 3].map(() => readServices(connection)));
    expect(reads.every(({ ok }) => ok)).toBe(true);
    expect(runs()).toBe(2);
    expect(connection.problem()).toBeUndefined();
  });

  test('is not asked for ever when the server refuses all that it hands out', async () => {
    const { user, runs } = plugin('expired');
    const connection = await connectWith({ user });
    for (let round = 0; round < 3; round++) {
      expect(await readServices(connection)).toMatchObject({ failure: { reason: 'unauthorized' } });
    }
    expect(runs()).toBe(2);
    expect(connection.problem()).toContain('401');
  });

  test('is not needed beside --token', async () => {
    const { user } = plugin('expired');
    const exec = { ...user.exec, command: 'no-such-plugin' };
    expect(await readServices(await connectWith({ user: { exec } }, { token }))).toMatchObject({ ok: true });
  });
});

describe('proxies', () => {
  test('proxy-url of the cluster, with a password', async () => {
    const proxy = await startConnectProxy();
    const connection = await connectWith({
      cluster: { 'proxy-url': `http://me:secret@127.0.0.1:${proxy.port}` },
    });
    expect(await readServices(connection)).toMatchObject({ ok: true });
    expect(await readServices(connection)).toMatchObject({ ok: true });
    expect(proxy.tunnels).toEqual([new URL(server).host]);
    expect(proxy.credentials).toEqual([`Basic ${Buffer.from('me:secret').toString('base64')}`]);
    connection.close();
    proxy.close();
  });

  test('HTTPS_PROXY, which is not for this machine, and NO_PROXY', async () => {
    const proxy = await startConnectProxy();
    const variables = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
    expect(await readServices(await connectWith({}, {}, { variables }))).toMatchObject({ ok: true });
    expect(proxy.tunnels).toEqual([]);
    const node = kubectl([
      'get',
      'endpoints',
      'kubernetes',
      '-o',
      'jsonpath={.subsets[0].addresses[0].ip}:{.subsets[0].ports[0].port}',
    ]);
    const far = { cluster: { server: `https://${node}` } };
    expect(await readServices(await connectWith(far, {}, { variables }))).toMatchObject({ ok: true });
    expect(proxy.tunnels).toEqual([node]);
    const excepted = { ...variables, NO_PROXY: node };
    expect(await readServices(await connectWith(far, {}, { variables: excepted }))).toMatchObject({
      ok: true,
    });
    expect(proxy.tunnels).toEqual([node]);
    proxy.close();
  });

  test('a path before the API, as Rancher has it, and who we say that we are', async () => {
    const front = await startFaultProxy(server, authority, () => undefined);
    const connection = await connectWith({ cluster: { server: `${front.url}/k8s/clusters/c-1/` } });
    await readServices(connection);
    expect(front.requests[0]?.url).toMatch(/^\/k8s\/clusters\/c-1\/api\/v1\/namespaces\//);
    expect(front.requests[0]?.headers['user-agent']).toBe('kubectl-gateway_doctor/1.2.3');
    connection.close();
    await front.close();
  });
});
