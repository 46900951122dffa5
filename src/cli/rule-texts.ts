import { nearest } from '../kubernetes/nearest.ts';
import type { RenderOptions } from '../render/options.ts';
import { renderPage } from '../render/pages.ts';
import { renderRules } from '../render/rule-list.ts';
import { RULES } from '../rules/index.ts';
import { readsOf, showReads } from '../rules/reads.ts';
import type { Rule } from '../rules/rule.ts';
import { readPage } from './embedded.ts';
import type { ListFormat } from './invocation.ts';
import { printValue } from './print-value.ts';
import { UsageError } from './usage-error.ts';

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

/** What `explain` prints: the page of the rule of that code or name. Throws a UsageError for an unknown one. */
export function explainText(wanted: string, options: RenderOptions): string {
  const rule = RULES.find(({ code, name }) => code === wanted.toUpperCase() || name === wanted.toLowerCase());
  if (rule === undefined) {
    const known = RULES.map(({ code, name }) => (/^gd\d/i.test(wanted) ? code : name));
    const near = nearest(wanted, known);
    const help = near === undefined ? 'see `kubectl gateway-doctor rules`' : `did you mean \`${near}\`?`;
    throw new UsageError(`there is no rule \`${wanted}\`; ${help}`);
  }
  return renderPage(readPage(rule.name) ?? `# ${rule.code} ${rule.name}\n\n${rule.title}\n`, options);
}
