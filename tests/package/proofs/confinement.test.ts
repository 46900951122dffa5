import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { binaryOf, bundled, inCluster, incident, kubeconfig, run, temporaryFolder } from './proof.ts';

import.meta.jest.setTimeout(120_000);

const binary = binaryOf('linux-x64');
const folder = temporaryFolder();

interface Kubeconfig {
  readonly clusters: readonly [
    { readonly cluster: { readonly server: string; readonly 'certificate-authority': string } },
  ];
  readonly users: readonly unknown[];
}
const config = load(readFileSync(kubeconfig, 'utf8')) as Kubeconfig;
const { server, 'certificate-authority': authority } = config.clusters[0].cluster;

/** What a process of Node opens for the dynamic linker, the C library, V8, OpenSSL and ICU; never the user's. */
const ofTheSystem = [
  // ld.so: its cache, and the libraries that readelf shows
  /^\/etc\/ld\.so\.(cache|preload)$/,
  /^(\/usr)?\/lib\/x86_64-linux-gnu\/(lib(c|m|dl|pthread|gcc_s|stdc\+\+)|ld-linux-x86-64)\.so\.\d$/,
  // V8 and libuv: how much memory there may be, and where the binary lies in its own
  /^\/proc\/(self\/(maps|cgroup|exe|fd(\/\d+)?)|meminfo|stat|version_signature|sys\/vm\/overcommit_memory)$/,
  /^\/sys\/(fs\/cgroup|devices\/system\/cpu)(\/|$)/,
  // OpenSSL's settings, and ICU's time zone
  /^\/etc\/ssl\/openssl\.cnf$/,
  /^\/etc\/localtime$/,
  // Node makes sure that the three standard streams are open
  /^\/dev\/null$/,
];

interface Trace {
  readonly opened: readonly string[];
  readonly connected: readonly string[];
  readonly written: readonly string[];
  readonly executed: readonly string[];
  readonly status: number | null;
}

/** Runs the binary in an empty folder and answers which files and addresses it touched. */
function trace(name: string, line: readonly string[]): Trace {
  const log = path.join(folder, `${name}.log`);
  const home = path.join(folder, `${name}-home`);
  mkdirSync(home, { recursive: true });
  const strace = ['strace', '-f', '-qq', '-s', '400', '-e', 'trace=%file,%network', '-o', log, '--'];
  const { status } = run([...inCluster, 'env', `HOME=${home}`, ...strace, binary, ...line]);
  const calls = readFileSync(log, 'utf8').split('\n');
  const files = (call: RegExp) => calls.flatMap((text) => call.exec(text)?.[1] ?? []);
  return {
    opened: files(/ (?:open|openat|openat2|creat)\((?:[^"]*, )?"([^"]+)"/),
    written: files(/ (?:open|openat)\((?:[^"]*, )?"([^"]+)", [A-Z_|]*(?:O_WRONLY|O_RDWR|O_CREAT)/).concat(
      files(/ (?:unlink|rename|mkdir|chmod|chown|symlink|link|truncate)[a-z0-9]*\((?:[^"]*, )?"([^"]+)"/),
    ),
    connected: files(/ (?:connect|sendto)\(\d+, (?:"[^"]*".*, )?(\{sa_family.*?\})/),
    executed: files(/ execve\("([^"]+)"/),
    status,
  };
}

/** The binary may read itself. */
function notOfTheSystem(files: readonly string[]): readonly string[] {
  return files.filter((file) => file !== binary && !ofTheSystem.some((pattern) => pattern.test(file)));
}

describe('a diagnosis on a live cluster', () => {
  const { hostname, port } = new URL(server);
  const live = trace('live', ['-A', '--kubeconfig', kubeconfig]);

  test('opens the kubeconfig and what it names, and nothing else of the user', () => {
    expect(new Set(notOfTheSystem(live.opened))).toEqual(new Set([kubeconfig, authority]));
  });

  test('connects to the API server and nowhere else', () => {
    expect(live.connected.length).toBeGreaterThan(0);
    for (const address of live.connected) {
      expect(address).toContain(`sin_port=htons(${port})`);
      expect(address).toContain(`inet_addr("${hostname}")`);
    }
  });

  test('writes nothing and starts nothing', () => {
    expect(live).toMatchObject({ written: [], executed: [binary], status: 1 });
  });
});

test.each<[string, readonly string[]]>([
  ['a diagnosis of a file', ['--from', incident]],
  ['version', ['version']],
  ['--help', ['--help']],
  ['explain', ['explain', 'GD2107']],
])('%s opens only what it is given and connects nowhere', (name, line) => {
  const { opened, connected, written, executed } = trace(name.replaceAll(' ', '-'), line);
  expect(new Set(notOfTheSystem(opened))).toEqual(new Set(line.filter((word) => word === incident)));
  expect({ connected, written, executed }).toEqual({ connected: [], written: [], executed: [binary] });
});

describe("variables in the user's shell", () => {
  const plain = run([binary, '--from', incident]);

  test.each([
    ['NODE_OPTIONS', '--no-such-flag'],
    ['NODE_OPTIONS', '--require /nonexistent.js --max-old-space-size=1'],
    ['NODE_OPTIONS', '--inspect-brk --throw-deprecation'],
    ['NODE_PATH', '/nonexistent'],
    ['NODE_EXTRA_CA_CERTS', incident],
    ['ELECTRON_RUN_AS_NODE', '1'],
  ])('%s=%s does not matter', (name, value) => {
    const { status, stdout } = run([binary, '--from', incident], { [name]: value });
    expect({ status, stdout }).toEqual({ status: plain.status, stdout: plain.stdout });
    expect(stdout).toBe(run([...bundled, '--from', incident]).stdout);
  });

  test('a flag of Node is none of the binary', () => {
    const { status, stderr } = run([binary, '--eval', '1']);
    expect(status).toBe(2);
    expect(stderr).toContain('unknown flag `--eval`');
  });

  test('NODE_EXTRA_CA_CERTS makes an authority known that the kubeconfig does not name', () => {
    const nameless = path.join(folder, 'nameless.kubeconfig');
    const clusters = [{ name: 'gateway-doctor', cluster: { server } }];
    writeFileSync(nameless, JSON.stringify({ ...config, clusters }));
    const line = [...inCluster, binary, '-A', '--kubeconfig', nameless];
    expect(run(line)).toMatchObject({ status: 2, stderr: expect.stringContaining('certificate') });
    expect(run(line, { NODE_EXTRA_CA_CERTS: authority }).status).toBe(1);
  });
});
