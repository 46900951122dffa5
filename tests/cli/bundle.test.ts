import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RULES } from '../../src/rules/index.ts';

// Each test starts Node once or twice, which takes seconds where many tests run at a time.
import.meta.jest.setTimeout(60_000);

const root = path.join(import.meta.dirname, '../..');
const bundle = path.join(root, 'build/bundle/main.cjs');
const sources = path.join(root, 'src/main.ts');
const healthy = path.join(root, 'tests/rules/base.yaml');

function node(...line: readonly string[]) {
  const env = { ...process.env, NODE_OPTIONS: '', KUBECONFIG: '/nonexistent' };
  const { status, stdout, stderr } = spawnSync(process.execPath, line, { encoding: 'utf8', env });
  return { status, stdout, stderr };
}

describe('the bundle', () => {
  beforeAll(() => {
    expect(node(path.join(root, 'scripts/build.ts'))).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test.each<[string, readonly string[]]>([
    ['version', ['version']],
    ['help', ['--help']],
    ['the page of the first rule', ['explain', RULES[0]?.code ?? '']],
    ['the page of the last rule', ['explain', RULES.at(-1)?.code ?? '']],
    ['a completion script', ['completion', 'fish']],
    ['a diagnosis', ['web', '-o', 'yaml', '--from', healthy]],
    ['a usage error', ['--bogus']],
    ['no kubeconfig', ['web']],
  ])('prints the same as the sources: %s', (_, line) => {
    const result = node(bundle, ...line);
    expect(result).toEqual(node(sources, ...line));
    expect(result.stderr).not.toContain('defect');
  });

  test('starts with little, and holds nothing of the client but what authenticates', () => {
    const commands = path.join(path.dirname(bundle), 'commands.cjs');
    expect(statSync(bundle).size).toBeLessThan(20_000);
    // 2.9 MB with the generated API and undici.
    expect(statSync(commands).size).toBeLessThan(2_000_000);
    const text = readFileSync(commands, 'utf8');
    expect(text).toContain('applyToHTTPSOptions');
    expect(text).not.toContain('UndiciError');
    expect(text).not.toContain('listNamespacedPod');
  });

  test("has V8's code cache for this platform, the same bytes each time", () => {
    const folder = path.dirname(bundle);
    const built = path.join(folder, `${process.platform}-${process.arch}`, 'commands.cache');
    const again = path.join(mkdtempSync(path.join(tmpdir(), 'gateway-doctor-')), 'commands.cache');
    const script = path.join(root, 'scripts/build/code-cache.ts');
    // As the build does it: without the variables and the terminal of whoever runs the tests.
    execFileSync(process.execPath, ['--no-warnings', script, path.join(folder, 'commands.cjs'), again], {
      env: {},
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    expect(readFileSync(again).equals(readFileSync(built))).toBe(true);
  });
});
