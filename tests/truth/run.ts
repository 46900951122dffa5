import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { kubectl } from './bed.ts';
import { CONTROLLERS, type TruthCase } from './case.ts';
import { CASES } from './cases/index.ts';
import { createUsers, removeUsers } from './permissions.ts';
import { type Row, runCase } from './run-case.ts';
import { truthTable } from './table.ts';

// Runs inside the namespaces of the test bed: scripts/truth starts it there.

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    ci: { type: 'boolean', default: false },
    /** The folder for the snapshots of the cases. */
    snapshots: { type: 'string', default: 'build/truth' },
    /** Where to write the table; nowhere unless all cases ran. */
    table: { type: 'string' },
    parallel: { type: 'string', default: '10' },
  },
});

const only = values.only?.split(',');
const chosen = CASES.filter((test) =>
  only === undefined ? !values.ci || test.ci : only.includes(test.name),
);
const unknown = only?.filter((name) => !CASES.some((test) => test.name === name)) ?? [];
if (unknown.length > 0) {
  print(`no case is named ${unknown.join(', ')}`);
  process.exit(2);
}

mkdirSync(values.snapshots, { recursive: true });
await removeLeftovers();
if (chosen.some((test) => test.permissions)) await createUsers();
const rows: Row[] = [];
const shared = chosen.filter((test) => !test.isExclusive);
await Promise.all(Array.from({ length: Number(values.parallel) }, () => work(shared)));
await work(chosen.filter((test) => test.isExclusive));

await removeUsers();

const order = new Map(CASES.map(({ name }, index) => [name, index]));
rows.sort(
  (a, b) =>
    (order.get(a.case.name) ?? 0) - (order.get(b.case.name) ?? 0) ||
    CONTROLLERS.indexOf(a.controller) - CONTROLLERS.indexOf(b.controller),
);
if (values.table !== undefined) writeFileSync(values.table, truthTable(rows));
const failed = rows.filter(({ disagreements }) => disagreements.length > 0).length;
for (const controller of CONTROLLERS) {
  const own = rows.filter((row) => row.controller === controller);
  print(
    `${controller}: ${own.filter((row) => row.disagreements.length === 0).length} of ${own.length} agree`,
  );
}
print(`${rows.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Takes one case after the other from the queue that all workers share. */
async function work(queue: TruthCase[]): Promise<void> {
  for (let test = queue.shift(); test !== undefined; test = queue.shift()) {
    for (const row of await runCase(test, values.snapshots)) {
      rows.push(row);
      print(lineOf(row));
    }
  }
}

function lineOf({
  case: { name },
  controller,
  observed,
  predicted,
  verdict,
  cause,
  disagreements,
}: Row): string {
  const words = disagreements.length === 0 ? 'ok  ' : 'FAIL';
  const found = `${observed} (predicted ${predicted}), ${verdict}${cause === '' ? '' : `, ${cause}`}`;
  return `${words} ${name} ${controller}: ${found}${disagreements.map((each) => `\n     ${each}`).join('')}`;
}

/** Of a run that was interrupted. */
async function removeLeftovers(): Promise<void> {
  const names = (await kubectl(['get', 'namespaces', '-o', 'name']))
    .split('\n')
    .filter((name) => name.includes('/truth-'));
  if (names.length > 0) await kubectl(['delete', ...names, '--timeout=120s']);
}
