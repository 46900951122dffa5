import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { RULES } from '../src/rules/index.ts';
import { readsOf, showReads } from '../src/rules/reads.ts';
import type { Rule } from '../src/rules/rule.ts';

// npm run docs: writes docs/coverage.md from catalogue/failure-modes.yaml and the rules, and docs/rules.md from the rules.

const root = path.join(import.meta.dirname, '..');

/** One way in which the request path fails, and what became of it where it is no rule of that name. */
export interface FailureMode {
  readonly id: string;
  readonly hop: string;
  readonly title: string;
  /** The rule that reports it, and why that is the same thing to the user. */
  readonly folded?: { readonly into: string; readonly because: string };
  /** Why the cluster does not tell it, and what would. */
  readonly undecidable?: { readonly because: string; readonly decidedBy: string };
  /** Why it is none of the tool's business so far. */
  readonly outside?: string;
}

/** The catalogue, in its order. */
export function readCatalogue(): readonly FailureMode[] {
  return load(readFileSync(path.join(root, 'catalogue/failure-modes.yaml'), 'utf8')) as FailureMode[];
}

/** What became of a failure mode; undefined where nobody says, or more than one thing is said. */
export function fateOf(
  mode: FailureMode,
  rules: readonly Rule[],
): 'rule' | 'folded' | 'undecidable' | 'outside' | undefined {
  const isRule = rules.some(({ name }) => name === mode.id);
  const fates = [
    ...(isRule ? ['rule' as const] : []),
    ...(['folded', 'undecidable', 'outside'] as const).filter((fate) => mode[fate] !== undefined),
  ];
  return fates.length === 1 ? fates[0] : undefined;
}

/** docs/coverage.md. */
export function coveragePage(modes: readonly FailureMode[], rules: readonly Rule[]): string {
  const codes = new Map(rules.map(({ name, code }) => [name, code]));
  const count = (fate: string) => modes.filter((mode) => fateOf(mode, rules) === fate).length;
  const rows = modes.map((mode) => [mode.id, mode.hop, fateWords(mode, rules, codes)]);
  const summary = [
    ['a rule of that name', count('rule')],
    ['folded into another rule', count('folded')],
    ['not decidable from what the cluster tells', count('undecidable')],
    ['outside of what the tool looks at', count('outside')],
    ['all', modes.length],
  ];
  return page('Coverage', 'What became of every known failure mode of the request path.', [
    table(['failure modes', 'count'], summary),
    table(['failure mode', 'hop', 'what became of it'], rows),
  ]);
}

function fateWords(mode: FailureMode, rules: readonly Rule[], codes: ReadonlyMap<string, string>): string {
  const { id, folded, undecidable, outside } = mode;
  switch (fateOf(mode, rules)) {
    case 'rule':
      return `rule ${codes.get(id) ?? ''}`;
    case 'folded':
      return `folded into ${folded?.into} (${codes.get(folded?.into ?? '') ?? 'no such rule'}): ${folded?.because}`;
    case 'undecidable':
      return `not decidable: ${undecidable?.because}. What would decide it: ${undecidable?.decidedBy}`;
    case 'outside':
      return `outside: ${outside}`;
    default:
      return 'unaccounted for';
  }
}

/** docs/rules.md. */
export function rulesPage(rules: readonly Rule[]): string {
  const rows = rules.map((rule) => [
    rule.code,
    rule.name,
    rule.severity,
    rule.hop,
    rule.title,
    showReads(readsOf(rule)),
    rule.explains.join(', '),
  ]);
  return page(
    'Rules',
    `The ${rules.length} rules; \`kubectl gateway-doctor explain CODE\` prints the page of one.`,
    [table(['code', 'rule', 'severity', 'hop', 'says that', 'reads', 'explains'], rows)],
  );
}

function page(title: string, lead: string, tables: readonly string[]): string {
  return `# ${title}\n\n<!-- Written by \`npm run docs\`. -->\n\n${[lead, ...tables].join('\n\n')}\n`;
}

function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

if (import.meta.main) {
  writeFileSync(path.join(root, 'docs/coverage.md'), coveragePage(readCatalogue(), RULES));
  writeFileSync(path.join(root, 'docs/rules.md'), rulesPage(RULES));
}
