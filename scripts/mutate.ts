import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { parseSync } from '@swc/core';

// node scripts/mutate.ts [COUNT] [SEED]: changes one condition of a rule at a time, in a copy, and tells whether a test
// fails. Writes docs/mutations.md. A change that no test notices is a hole in the tests.

interface Mutation {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Before and after, on one line. */
  readonly words: string;
}

type Node = Readonly<Record<string, unknown>> & { readonly type?: string };

const root = path.join(import.meta.dirname, '..');
const FLIPPED: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
  '&&': '||',
  '||': '&&',
};

/** Every change that can be made to one rule's file. */
function mutationsOf(file: string): readonly Mutation[] {
  const source = readFileSync(path.join(root, file));
  const module = parseSync(source.toString('utf8'), { syntax: 'typescript', target: 'es2022' });
  // swc counts bytes from 1, and on from one file to the next.
  const first = /\S/.exec(source.toString('utf8'))?.index ?? 0;
  const base = module.span.start - Buffer.byteLength(source.toString('utf8').slice(0, first));
  const found: Mutation[] = [];
  const at = (node: Node) => {
    const { start, end } = node['span'] as { start: number; end: number };
    return { start: start - base, end: end - base };
  };
  const textOf = ({ start, end }: { start: number; end: number }) =>
    source.subarray(start, end).toString('utf8');
  function add(span: { start: number; end: number }, text: string): void {
    const oneLine = (words: string) => words.replace(/\s+/g, ' ');
    found.push({ file, ...span, text, words: `\`${oneLine(textOf(span))}\` → \`${oneLine(text)}\`` });
  }
  function visit(value: unknown): void {
    if (Array.isArray(value)) {
      for (const item of value) visit(item);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const node = value as Node;
    if (node.type === 'BinaryExpression') {
      const flipped = FLIPPED[String(node['operator'])];
      const [left, right] = [at(node['left'] as Node), at(node['right'] as Node)];
      if (flipped !== undefined) add(at(node), `${textOf(left)} ${flipped} ${textOf(right)}`);
    }
    if (node.type === 'IfStatement') {
      const { type } = node['consequent'] as Node;
      if (type === 'ReturnStatement' || type === 'ContinueStatement') add(at(node['test'] as Node), 'false');
    }
    if (node.type === 'UnaryExpression' && node['operator'] === '!')
      add(at(node), textOf(at(node['argument'] as Node)));
    if (node.type === 'ConditionalExpression') {
      const parts = ['test', 'consequent', 'alternate'].map((name) => textOf(at(node[name] as Node)));
      add(at(node), `${parts[0]} ? ${parts[2]} : ${parts[1]}`);
    }
    for (const child of Object.values(node)) visit(child);
  }
  visit(module.body.filter(({ type }) => type !== 'ImportDeclaration'));
  return found;
}

/** One change for each of `count` rules, the same for the same seed. */
function sample(count: number, seed: number): readonly Mutation[] {
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const files = readdirSync(path.join(root, 'src/rules'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(?!shared)[\w-]+\/(?!rules\.ts)[\w-]+\.ts$/.test(file))
    .map((file) => `src/rules/${file}`)
    .sort();
  const chosen: Mutation[] = [];
  while (chosen.length < count && files.length > 0) {
    const [file = ''] = files.splice(random(files.length), 1);
    const mutations = mutationsOf(file);
    const mutation = mutations[random(mutations.length)];
    if (mutation !== undefined) chosen.push(mutation);
  }
  return chosen;
}

/** Which test fails with the change: of those of the rule's hop and the pages, else of whole clusters. */
function noticedBy(copy: string, { file, start, end, text }: Mutation): string | undefined {
  const source = readFileSync(path.join(root, file));
  const mutated = Buffer.concat([source.subarray(0, start), Buffer.from(text), source.subarray(end)]);
  writeFileSync(path.join(copy, file), mutated);
  const [, , hop = ''] = file.split('/');
  try {
    for (const pattern of [`tests/rules/(pages|${hop}/)`, 'tests/(incidents|scenarios|diagnose|peers)']) {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [
          ...['--experimental-vm-modules', '--no-warnings', path.join(root, 'node_modules/jest/bin/jest.js')],
          ...['--selectProjects', 'unit', '--bail', '--testPathPatterns', pattern],
        ],
        { cwd: copy, encoding: 'utf8' },
      );
      if (status !== 0) return /^FAIL unit (\S+)/m.exec(`${stdout}${stderr}`)?.[1] ?? 'a run that ends early';
    }
    return undefined;
  } finally {
    writeFileSync(path.join(copy, file), source);
  }
}

const [count = 40, seed = 1] = process.argv.slice(2).map(Number);
mkdirSync(path.join(root, 'build'), { recursive: true });
const copy = mkdtempSync(path.join(root, 'build/.mutation-'));
try {
  const tracked = spawnSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).stdout.trim().split('\n');
  for (const file of tracked) cpSync(path.join(root, file), path.join(copy, file), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  const rows = sample(count, seed).map((mutation) => {
    const by = noticedBy(copy, mutation);
    console.log(`${by === undefined ? 'SURVIVED' : 'noticed '} ${mutation.file}: ${mutation.words}`);
    return { mutation, by };
  });
  const noticed = rows.filter(({ by }) => by !== undefined).length;
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const lines = rows.map(
    ({ mutation, by }) => `| ${mutation.file} | ${cell(mutation.words)} | ${by ?? '**nothing**'} |`,
  );
  writeFileSync(
    path.join(root, 'docs/mutations.md'),
    [
      '# Mutations',
      '',
      `<!-- Written by \`node scripts/mutate.ts ${count} ${seed}\`. -->`,
      '',
      `One condition of a rule changed at a time: a test noticed ${noticed} of ${rows.length} changes.`,
      '',
      '| rule | change | noticed by |',
      '| --- | --- | --- |',
      ...lines,
      '',
    ].join('\n'),
  );
  console.log(`${noticed} passed, ${rows.length - noticed} failed`);
  if (noticed < rows.length) process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
