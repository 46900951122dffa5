import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';

// Each test starts Node once or twice, which takes seconds where many tests run at a time.
import.meta.jest.setTimeout(60_000);

const root = path.join(import.meta.dirname, '../..');
const main = path.join(root, 'src/main.ts');
const environment = { ...process.env, NODE_OPTIONS: '', KUBECONFIG: '/nonexistent' };

function doctor(...line: readonly string[]) {
  return spawnSync(process.execPath, [main, ...line], { encoding: 'utf8', env: environment });
}

test('the report goes to stdout, trouble to stderr, the verdict into the exit code', () => {
  const file = path.join(import.meta.dirname, 'fixtures/broken.yaml');
  expect(doctor('web', '-o', 'json', '--from', file)).toMatchObject({ status: 1, stderr: '' });
  expect(doctor('web', '--frm', file)).toMatchObject({ status: 2, stdout: '' });
});

test('a reader that goes away early is no error', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's
  const command = '"$0" "$1" rules -o json | { exec <&-; sleep 1; }; echo "${PIPESTATUS[0]}"';
  const { stdout, stderr } = spawnSync('bash', ['-c', command, process.execPath, main], {
    encoding: 'utf8',
    env: environment,
  });
  expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
});

test('a full disk is one line', () => {
  const command = '"$0" "$1" rules >/dev/full';
  expect(
    spawnSync('bash', ['-c', command, process.execPath, main], { encoding: 'utf8', env: environment }),
  ).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^error: [^\n]+\n$/),
  });
});

describe('a server that never answers', () => {
  const server = createServer();
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  let address = '';

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const at = server.address();
    address = typeof at === 'object' && at !== null ? `http://127.0.0.1:${at.port}` : '';
  });

  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  function start(...line: readonly string[]): ChildProcess {
    const flags = ['--server', address, '--insecure-skip-tls-verify'];
    return spawn(process.execPath, [main, 'web', ...flags, ...line], { env: environment });
  }

  async function resultOf(child: ChildProcess) {
    let stderr = '';
    child.stderr?.on('data', (text) => {
      stderr += text;
    });
    const [code, signal] = await once(child, 'close');
    return { code, signal, stderr };
  }

  test('ends at --request-timeout with one line', async () => {
    const { code, stderr } = await resultOf(start('--request-timeout', '1s'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
  });

  test('ends at Ctrl-C at once and quietly', async () => {
    const child = start();
    const result = resultOf(child);
    await once(server, 'connection');
    const before = Date.now();
    child.kill('SIGINT');
    expect(await result).toEqual({ code: 130, signal: null, stderr: '' });
    expect(Date.now() - before).toBeLessThan(2000);
  });
});

describe('what is loaded', () => {
  /** Paths of the modules that are loaded along with one, and names of the packages. */
  async function loadedWith(...entryPoints: readonly string[]): Promise<readonly string[]> {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: [...entryPoints],
      outdir: 'build',
      write: false,
      metafile: true,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
    });
    const loaded = new Set<string>();
    const visit = (file: string): void => {
      if (loaded.has(file)) return;
      loaded.add(file);
      const imports = metafile.inputs[file]?.imports ?? [];
      for (const { path: imported, kind } of imports) if (kind === 'import-statement') visit(imported);
    };
    entryPoints.forEach(visit);
    return [...loaded].filter((file) => !file.startsWith('node:')).sort();
  }

  test('`version` needs the small main alone', async () => {
    expect(await loadedWith('src/main.ts')).toEqual([
      'src/cli/completion/files.ts',
      'src/cli/describe-error.ts',
      'src/cli/embedded.ts',
      'src/cli/exit-code.ts',
      'src/cli/version.ts',
      'src/main.ts',
      'src/render/sanitize.ts',
      'src/run.ts',
    ]);
  });

  test('help, completion scripts and rules need no Kubernetes client', async () => {
    const early = [
      'main',
      'commands',
      'cli/parse',
      'cli/help',
      'cli/embedded',
      'cli/rule-texts',
      'cli/explain-text',
      'cli/completion/candidates',
    ];
    const loaded = await loadedWith(...early.map((name) => `src/${name}.ts`));
    expect(loaded).toContain('yargs');
    expect(loaded.filter((file) => /client-node|^src\/cluster\/(live|file)/.test(file))).toEqual([]);
  });

  test('the client is loaded for a live cluster, and the rules while it is being connected to', async () => {
    const early = await loadedWith('src/commands.ts', 'src/app.ts', 'src/open-source.ts');
    expect(early.filter((file) => /client-node|src\/rules|js-yaml/.test(file))).toEqual([]);
    expect(await loadedWith('src/cluster/live/connect.ts')).toContain(
      '@kubernetes/client-node/dist/config.js',
    );
  });
});
