import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HOPS, type HopName } from '../../src/model/finding.ts';
import { RULES } from '../../src/rules/index.ts';

const FOLDER = join(import.meta.dirname, '../../src/rules');

/** The first two digits of a code, for ever. */
const CODES: Readonly<Record<HopName, string>> = {
  class: '01',
  loadbalancer: '02',
  'ingress-rule': '03',
  tls: '04',
  annotation: '05',
  service: '21',
  endpoints: '22',
  workload: '31',
  pod: '41',
  node: '42',
  network: '51',
  dns: '52',
  doctor: '91',
};

test('every rule file is registered, with its page beside it', () => {
  const files = readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
    .flatMap(({ name }) => readdirSync(join(FOLDER, name)).map((file) => `${name}/${file}`))
    .filter((file) => !file.endsWith('/rules.ts'));
  const expected = RULES.flatMap(({ hop, name }) => [`${hop}/${name}.md`, `${hop}/${name}.ts`]);
  expect(files.sort()).toEqual(expected.sort());
});

test('codes and names are unique, and a code starts with its hop', () => {
  expect(new Set(RULES.map(({ code }) => code)).size).toBe(RULES.length);
  expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
  for (const { code, hop } of RULES) expect(code).toMatch(new RegExp(`^GD${CODES[hop]}\\d\\d$`));
});

test('rules stand in the order in which a request meets them', () => {
  const places = RULES.map(({ hop }) => HOPS.indexOf(hop));
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

test('what a rule explains exists, and nothing explains itself through others', () => {
  const explains = new Map(RULES.map((rule) => [rule.name, rule.explains]));
  function visit(name: string, path: readonly string[]): void {
    expect([...path, name].filter((each) => each === name)).toHaveLength(1);
    for (const consequence of explains.get(name) ?? []) visit(consequence, [...path, name]);
  }
  for (const { name, explains: consequences } of RULES) {
    expect(new Set(consequences).size).toBe(consequences.length);
    for (const consequence of consequences) expect([...explains.keys()]).toContain(consequence);
    visit(name, []);
  }
});
