import { spawnSync } from 'node:child_process';
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
});

describe('packaging', () => {
  test.each([[[]], [['plan9-x64']], [['constructor']]])('for %j is refused in one line', (line: string[]) => {
    const { status, stderr } = node(path.join(root, 'scripts/package.ts'), ...line);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: [^\n]*linux-x64\n$/);
  });
});
