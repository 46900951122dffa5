import { readFileSync } from 'node:fs';
import { coveragePage, fateOf, readCatalogue, rulesPage } from '../scripts/docs.ts';
import { RULES } from '../src/rules/index.ts';

const modes = readCatalogue();
const page = (name: string) => readFileSync(new URL(`../docs/${name}`, import.meta.url), 'utf8');

test('the catalogue holds every known failure mode once', () => {
  expect(modes).toHaveLength(225);
  expect(new Set(modes.map(({ id }) => id)).size).toBe(modes.length);
});

test.each(modes.map((mode) => [mode.id, mode] as const))('%s is accounted for', (_, mode) => {
  expect(fateOf(mode, RULES)).toBeDefined();
  const { folded } = mode;
  if (folded !== undefined) expect(RULES.map(({ name }) => name)).toContain(folded.into);
});

test('at least 190 failure modes are rules or folded into one', () => {
  const decided = modes.filter((mode) => ['rule', 'folded'].includes(fateOf(mode, RULES) ?? ''));
  expect(decided.length).toBeGreaterThanOrEqual(190);
});

test('only what lies outside Ingress is left outside, and a name that is no Ingress', () => {
  const outside = modes.filter(({ outside: why, hop }) => why !== undefined && hop !== 'gateway-api');
  expect(outside.map(({ id }) => id)).toEqual(['ingress-not-found']);
});

test('every rule is a failure mode of the catalogue, or about the doctor itself', () => {
  const known = new Set(modes.map(({ id }) => id));
  const others = RULES.filter(({ name }) => !known.has(name));
  expect(others.map(({ hop }) => hop).filter((hop) => hop !== 'doctor')).toEqual([]);
});

test('docs/coverage.md and docs/rules.md are what `npm run docs` writes', () => {
  expect(page('coverage.md')).toBe(coveragePage(modes, RULES));
  expect(page('rules.md')).toBe(rulesPage(RULES));
});
