import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../src/run.ts';
import { expectGolden } from '../golden.ts';

// Each folder here is a cluster with what gateway-doctor says about it: cluster.yaml, and the reports that must come
// of it. Its target.txt holds the words of the command line that say what to diagnose; all Ingresses when absent.

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe.each(folders)('%s', (name) => {
  test.each([
    ['text', 'report.txt'],
    ['json', 'report.json'],
  ])('%s report', async (format, file) => {
    expectGolden(`scenarios/${name}/${file}`, await report(name, format));
  });
});

/** What gateway-doctor prints on a terminal of 100 columns, without colour. */
async function report(name: string, format: string): Promise<string> {
  const folder = join(import.meta.dirname, name);
  const targetFile = join(folder, 'target.txt');
  const words = existsSync(targetFile) ? readFileSync(targetFile, 'utf8').trim().split(/\s+/) : ['-A'];
  let text = '';
  let errors = '';
  await run({
    line: [...words, '--from', join(folder, 'cluster.yaml'), '-o', format, '--color', 'never'],
    variables: {},
    stdout: {
      isTerminal: true,
      columns: 100,
      write: (part) => {
        text += part;
      },
    },
    stderr: {
      isTerminal: false,
      columns: undefined,
      write: (part) => {
        errors += part;
      },
    },
    isStdinTerminal: false,
    version: '0.0.0',
    signal: new AbortController().signal,
  });
  expect(errors).toBe('');
  return text;
}
