import type { Rule } from '../rules/rule.ts';
import { layoutRows } from './layout.ts';
import { type RenderOptions, usableWidth } from './options.ts';
import { createPalette } from './palette.ts';
import { count } from './words.ts';

/** The rules in the order in which they are given, one row each (`gateway-doctor rules`). */
export function renderRules(
  rules: readonly (Pick<Rule, 'code' | 'name' | 'severity' | 'hop' | 'title'> & { readonly reads: string })[],
  options: RenderOptions,
): string {
  const palette = createPalette(options.color);
  const width = usableWidth(options);
  const header = {
    cells: ['CODE', 'SEVERITY', 'HOP', 'RULE'].map((text) => ({ text })),
    texts: [[{ text: 'TITLE' }], [{ text: 'READS', paint: palette.dim }]],
  };
  const rows = rules.map(({ code, name, severity, hop, title, reads }) => ({
    cells: [{ text: code, paint: palette.bold }, { text: severity }, { text: hop }, { text: name }],
    texts: [[{ text: title }], [{ text: reads, paint: palette.dim }]],
  }));
  const lines = layoutRows([header, ...rows], { width, indent: 0 }).flat();
  const summary = `${count(rules.length, 'rule')}; kubectl gateway-doctor explain CODE prints the page of one`;
  return `${[...lines, '', summary].join('\n')}\n`;
}
