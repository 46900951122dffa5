import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

test('the output in the README is what the example gives', () => {
  const [, url = '', output = ''] = /\$ kubectl gateway-doctor (\S+)\n([\s\S]*?)```/.exec(README) ?? [];
  expect(run([url, '--from', 'examples/incident.yaml'])).toBe(output);
});

/** What a run prints on a pipe as wide as the README's column of code. */
function run(words: readonly string[]): string {
  try {
    return execFileSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', 'src/main.ts', ...words],
      {
        cwd: ROOT,
        encoding: 'utf8',
        env: { ...process.env, COLUMNS: '100' },
      },
    );
  } catch (error) {
    // The exit code says that a problem was found; the report is printed all the same.
    return (error as { readonly stdout: string }).stdout;
  }
}
