import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { load } from 'js-yaml';
import { runDiagnosis } from '../../src/app.ts';
import type { Edge } from '../../src/cli/edge.ts';
import { parseCommandLine } from '../../src/cli/parse.ts';
import { RULES } from '../../src/rules/index.ts';
import { run } from '../../src/run.ts';

const fixtures = path.join(import.meta.dirname, 'fixtures');
const broken = path.join(fixtures, 'broken.yaml');
const uncaptured = path.join(fixtures, 'uncaptured.yaml');
const twoNamespaces = path.join(fixtures, 'two-namespaces.yaml');
const healthy = path.join(import.meta.dirname, '../rules/base.yaml');

const silent = { isTerminal: false, columns: undefined, write: () => {} };
const quietEdge: Edge = {
  line: [],
  variables: { KUBECONFIG: '/nonexistent' },
  stdout: silent,
  stderr: silent,
  isStdinTerminal: false,
  version: '0.0.0',
  signal: new AbortController().signal,
};

async function doctor(...line: readonly string[]) {
  return doctorWith({}, ...line);
}

async function doctorWith(changed: Partial<Edge>, ...line: readonly string[]) {
  let stdout = '';
  let stderr = '';
  const code = await run({
    ...quietEdge,
    line,
    stdout: {
      ...silent,
      write(text) {
        stdout += text;
      },
    },
    stderr: {
      ...silent,
      write(text) {
        stderr += text;
      },
    },
    ...changed,
  });
  return { code, stdout, stderr };
}

describe('the exit code', () => {
  test.each(['text', 'wide', 'json', 'yaml'])('is the same with -o %s', async (format) => {
    expect(await doctor('web', '-o', format, '--from', healthy)).toMatchObject({ code: 0, stderr: '' });
    expect(await doctor('web', '-o', format, '--from', broken)).toMatchObject({ code: 1, stderr: '' });
    expect(await doctor('web', '-o', format, '--from', uncaptured)).toMatchObject({ code: 3, stderr: '' });
  });

  test('counts every Ingress', async () => {
    expect(await doctor('--from', twoNamespaces)).toMatchObject({ code: 1 });
  });
});

describe('the target in a file', () => {
  test.each<[string, readonly string[]]>([
    ['a name', ['web']],
    ['a namespace and name', ['shop/web']],
    ['a namespace flag', ['web', '-n', 'shop']],
    ['a URL', ['https://shop.example.com/api']],
    ['a label', ['-l', 'app=web']],
    ['nothing', []],
  ])('is found by %s', async (_, words) => {
    const { stdout } = await doctor(...words, '-o', 'json', '--from', broken);
    expect(JSON.parse(stdout)).toMatchObject({
      items: [{ target: { kind: 'Ingress', namespace: 'shop', name: 'web' }, verdict: 'failing' }],
    });
  });

  test('is asked for where a name is in several namespaces', async () => {
    expect(await doctor('web', '--from', twoNamespaces)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'error: the file holds several Ingresses `web`: name one of `shop/web`, `test/web`\n',
    });
    expect(await doctor('test/web', '--from', twoNamespaces)).toMatchObject({ code: 1, stderr: '' });
  });

  test('that is not there is one line', async () => {
    const { code, stdout, stderr } = await doctor('webb', '--from', broken);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: Ingress .*webb.* not found .*shop.*web.*\n$/);
  });
});

describe('a snapshot', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gateway-doctor-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function writeSnapshot(text: string): string {
    const file = path.join(folder, 'snapshot.yaml');
    writeFileSync(file, text);
    return file;
  }

  test.each([healthy, broken, uncaptured])('of %s gives the same diagnosis, byte for byte', async (file) => {
    const snapshot = await doctor('snapshot', 'web', '--from', file);
    expect(snapshot).toMatchObject({ code: 0, stderr: '' });
    expect(load(snapshot.stdout)).toMatchObject({ apiVersion: 'v1', kind: 'List' });
    const before = await doctor('web', '-o', 'json', '--from', file);
    const again = await doctor('web', '-o', 'json', '--from', writeSnapshot(snapshot.stdout));
    expect(again).toEqual(before);
  });
});

describe('--watch', () => {
  test('prints reports until Ctrl-C', async () => {
    const interruption = new AbortController();
    const reports: string[] = [];
    const stdout = {
      ...silent,
      write(text: string) {
        reports.push(text);
        interruption.abort();
      },
    };
    const invocation = parseCommandLine(['web', '--from', healthy]);
    if (invocation.command !== 'diagnose') throw new Error('not a diagnosis');
    const edge = { ...quietEdge, stdout, signal: interruption.signal };
    expect(await runDiagnosis({ ...invocation, isWatch: true }, edge)).toBe(130);
    expect(reports).toEqual([(await doctor('web', '--from', healthy)).stdout]);
  });
});

describe('trouble is one line and exit code 2', () => {
  test.each<[string, readonly string[]]>([
    ['a flag that does not exist', ['--bogus']],
    ['a file that does not exist', ['--from', '/nonexistent.yaml']],
    ['a file without an Ingress', ['--from', path.join(fixtures, '../../../biome.json')]],
    ['a time that is none', ['--from', broken, '--at', 'yesterday']],
    ['no kubeconfig', ['web']],
    ['a context that does not exist', ['web', '--context', 'nowhere']],
    ['a selector that is none', ['--from', broken, '-l', 'a in (']],
    ['a rule that does not exist', ['explain', 'GD0000']],
  ])('%s', async (_, line) => {
    const { code, stdout, stderr } = await doctor(...line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect(stderr).not.toContain('defect');
  });

  test('a defect asks for a report, and shows where only with -v 4', async () => {
    const stdout = {
      ...silent,
      write() {
        throw new TypeError('boom\u001b[31m');
      },
    };
    const brief = await doctorWith({ stdout }, 'rules');
    expect(brief.code).toBe(2);
    expect(brief.stderr).toMatch(/^error: .*report.*boom\\x1b\[31m\n$/);
    const long = await doctorWith({ stdout }, 'rules', '-v', '4');
    expect(long.stderr).toContain('run.test.ts');
  });

  test('Ctrl-C says nothing', async () => {
    const signal = AbortSignal.abort();
    expect(await doctorWith({ signal }, 'web')).toEqual({ code: 130, stdout: '', stderr: '' });
  });
});

describe('commands that read no cluster', () => {
  test('version', async () => {
    const manifest: unknown = JSON.parse(readFileSync('package.json', 'utf8'));
    const { version } = manifest as { version: string };
    expect(await doctor('version')).toEqual({ code: 0, stdout: `gateway-doctor v${version}\n`, stderr: '' });
    expect(JSON.parse((await doctor('version', '-o', 'json')).stdout)).toEqual({ version: `v${version}` });
  });

  test('rules', async () => {
    const codes = RULES.map(({ code }) => ({ code }));
    expect(load((await doctor('rules', '-o', 'yaml')).stdout)).toMatchObject({ rules: codes });
    const { stdout } = await doctor('rules');
    expect(RULES.filter(({ code, name }) => !stdout.includes(code) || !stdout.includes(name))).toEqual([]);
  });

  test('explain takes a code or a name', async () => {
    const [rule] = RULES;
    const byCode = await doctor('explain', rule?.code.toLowerCase() ?? '');
    expect(byCode).toMatchObject({ code: 0, stderr: '' });
    expect(byCode.stdout).toContain(rule?.name);
    expect(await doctor('explain', rule?.name ?? '')).toEqual(byCode);
  });

  test('completion', async () => {
    const scripts = await Promise.all(
      ['bash', 'zsh', 'fish', 'powershell', 'kubectl'].map((shell) => doctor('completion', shell)),
    );
    expect(scripts.filter(({ code, stdout }) => code !== 0 || !stdout.includes('__complete'))).toEqual([]);
  });
});

describe('completion of names', () => {
  test.each<[string, readonly string[]]>([
    ['web\n:4\n', ['w']],
    ['ing/web\n:4\n', ['ing/']],
    ['shop/web\n:4\n', ['shop/w']],
    [':4\n', ['other/w']],
    ['--namespace=shop\n:4\n', ['--namespace=s']],
  ])('%j', async (stdout, line) => {
    expect(await doctor('__complete', '--from', healthy, ...line)).toEqual({ code: 0, stdout, stderr: '' });
  });

  test('is silent about trouble', async () => {
    expect(await doctor('__complete', '-n', '')).toEqual({ code: 0, stdout: ':4\n', stderr: '' });
    expect(await doctor('__complete', '--bogus', 'w')).toEqual({ code: 0, stdout: ':4\n', stderr: '' });
    expect(await doctor('__complete')).toMatchObject({ code: 0, stderr: '' });
  });
});
