import type { RenderOptions } from '../render/options.ts';
import { renderRules } from '../render/rule-list.ts';
import { RULES } from '../rules/index.ts';
import { readsOf, showReads } from '../rules/reads.ts';
import type { Rule } from '../rules/rule.ts';
import type { ListFormat } from './invocation.ts';
import { printValue } from './print-value.ts';

/** What `rules` prints. */
export function rulesText(format: ListFormat, options: RenderOptions): string {
  if (format !== 'text') return printValue({ rules: RULES.map(ruleData) }, format);
  return renderRules(
    RULES.map((rule) => ({ ...rule, reads: showReads(readsOf(rule)) })),
    options,
  );
}

function ruleData(rule: Rule): object {
  const { code, name, title, hop, severity, confidence, symptom, explains } = rule;
  const reads = readsOf(rule);
  return { code, name, title, hop, severity, confidence, ...(symptom && { symptom }), explains, reads };
}
