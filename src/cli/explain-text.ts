import { nearest } from '../kubernetes/nearest.ts';
import type { RenderOptions } from '../render/options.ts';
import { renderPage } from '../render/pages.ts';
import { readPage } from './embedded.ts';
import { RULE_NAMES } from './rule-names.ts';
import { UsageError } from './usage-error.ts';

/** What `explain` prints: the page of the rule of that code or name. Throws a UsageError for an unknown one. */
export function explainText(wanted: string, options: RenderOptions): string {
  const rule = RULE_NAMES.find(
    ({ code, name }) => code === wanted.toUpperCase() || name === wanted.toLowerCase(),
  );
  if (rule === undefined) {
    const known = RULE_NAMES.map(({ code, name }) => (/^gd\d/i.test(wanted) ? code : name));
    const near = nearest(wanted, known);
    const help = near === undefined ? 'see `kubectl gateway-doctor rules`' : `did you mean \`${near}\`?`;
    throw new UsageError(`there is no rule \`${wanted}\`; ${help}`);
  }
  return renderPage(readPage(rule.name) ?? `# ${rule.code} ${rule.name}\n\n${rule.title}\n`, options);
}
