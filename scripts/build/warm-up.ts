import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Script } from 'node:vm';
import type { Edge } from '../../src/cli/edge.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { openFile } from '../../src/cluster/file/open.ts';
import { type Kind, RESOURCES } from '../../src/cluster/kinds.ts';
import type { runCommandLine } from '../../src/commands.ts';

// node scripts/build/warm-up.ts FILE CACHE: runs the bundle's second file and writes V8's code cache of it. The cache
// holds the functions that have run by then: those of a diagnosis of examples/incident.yaml, served as an API server
// serves it, and of the commands that read no cluster.

type Load = (
  module: { exports?: { readonly runCommandLine: typeof runCommandLine } },
  require: (id: string) => unknown,
) => void;

const root = path.join(import.meta.dirname, '../..');
const [, , file = '', cache = ''] = process.argv;

stopClock(new Date('2026-03-02T14:06:00Z'));
const script = new Script(readFileSync(file, 'utf8'), { filename: path.basename(file) });
await runAll();
writeFileSync(cache, script.createCachedData());
process.exit();

async function runAll(): Promise<void> {
  const module: Parameters<Load>[0] = {};
  (script.runInThisContext() as Load)(module, (id) => process.getBuiltinModule(id));
  const server = await serve(await openFile(path.join(root, 'examples/incident.yaml')));
  const lines = [
    ['--server', server, '-n', 'shop', 'web'],
    ['explain', 'GD2104'],
    ['completion', 'bash'],
    ['__complete', 'explain', ''],
  ];
  for (const line of lines) {
    const code = await module.exports?.runCommandLine(edgeOf(line));
    if (code !== 0 && code !== 1) throw new Error(`${line.join(' ')} ended with ${code}`);
  }
}

function edgeOf(line: readonly string[]): Edge {
  const silent = { isTerminal: false, columns: undefined, write: () => {} };
  return {
    line,
    variables: { KUBECONFIG: '/nonexistent' },
    stdout: silent,
    stderr: { ...silent, write: (text) => process.stderr.write(text) },
    isStdinTerminal: false,
    version: '0.0.0',
    signal: new AbortController().signal,
  };
}

/** Makes time stand still, so that the same functions run whenever this is done. */
function stopClock(time: Date): void {
  globalThis.Date = class extends Date {
    constructor(...given: readonly []) {
      super(...((given.length === 0 ? [time] : given) as readonly [Date]));
    }

    static override now = () => time.getTime();
  } as DateConstructor;
}

/** Serves what a cluster holds, as far as a diagnosis asks; answers the URL. */
async function serve(cluster: Cluster): Promise<string> {
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    answer(cluster, url).then(({ status, body }) => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function answer(
  cluster: Cluster,
  url: URL,
): Promise<{ readonly status: number; readonly body: object }> {
  const pattern = /^\/(?:api|apis\/([^/]+))\/([^/]+)(?:\/namespaces\/([^/]+))?\/([a-z]+)(?:\/([^/]+))?$/;
  const [, group, version, namespace, plural, name] = pattern.exec(url.pathname) ?? [];
  const apiVersion = group === undefined ? version : `${group}/${version}`;
  const kind = Object.entries(RESOURCES).find(
    ([, resource]) => resource.apiVersion === apiVersion && resource.plural === plural,
  )?.[0] as Kind | undefined;
  const missing = { status: 404, body: { kind: 'Status', reason: 'NotFound', details: { name } } };
  if (kind === undefined) return missing;
  const where = namespace === undefined ? {} : { namespace };
  if (name !== undefined) {
    const read = await cluster.get({ verb: 'get', kind, ...where, name });
    return read.ok && read.value !== undefined ? { status: 200, body: read.value } : missing;
  }
  const labelSelector = url.searchParams.get('labelSelector');
  const read = await cluster.list({ verb: 'list', kind, ...where, ...(labelSelector && { labelSelector }) });
  return { status: 200, body: { items: read.ok ? read.value : [] } };
}
