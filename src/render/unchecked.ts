import type { NotChecked } from '../model/diagnosis.ts';
import type { Page } from './detail.ts';
import { paragraph, type Span } from './layout.ts';
import { count } from './words.ts';

/** What was not looked at, grouped by the reason; in full with the rules that did not run. */
export function layoutNotChecked(notChecked: readonly NotChecked[], page: Page): string[] {
  if (notChecked.length === 0) return [];
  return page.detail.isFull ? layoutInFull(notChecked, page) : layoutShort(notChecked, page);
}

function layoutShort(notChecked: readonly NotChecked[], page: Page): string[] {
  const groups = new Map<string, Set<string>>();
  for (const item of notChecked) {
    const reason = shorten(item.reason);
    groups.set(reason, (groups.get(reason) ?? new Set()).add(nameOf(item)));
  }
  const words = [...groups].map(([reason, names]) => {
    const shown = [...names].slice(0, page.detail.names);
    const missing = names.size - shown.length;
    return `${shown.join(', ')}${missing > 0 ? ` and ${missing} more` : ''} (${reason})`;
  });
  const rules = rulesNotRun(notChecked).size;
  const consequence: Span[] =
    rules === 0
      ? []
      : [
          { text: `; ${count(rules, 'rule')} could not run ` },
          { text: '(-o wide shows which)', whole: true },
        ];
  return paragraph([headingSpan(page), { text: ` ${words.join('; ')}` }, ...consequence], {
    width: page.width,
    first: 0,
    rest: 2,
  });
}

function layoutInFull(notChecked: readonly NotChecked[], page: Page): string[] {
  const lines = notChecked.flatMap((item) => {
    const rules = 'read' in item && item.rules.length > 0 ? `; not run: ${item.rules.join(', ')}` : '';
    const text = `${nameOf(item)} (${item.reason})${rules}`;
    return paragraph([{ text }], { width: page.width, first: 2, rest: 4 });
  });
  return [...paragraph([headingSpan(page)], { width: page.width, first: 0, rest: 0 }), ...lines];
}

/** The kind of failure says enough where the server's words only repeat it; those stand in the full report. */
function shorten(reason: string): string {
  const [, kind] =
    /^(unauthorized|forbidden|not-served|timed-out|not-captured|not-found)\b/.exec(reason) ?? [];
  return kind?.replace('-', ' ') ?? reason;
}

function rulesNotRun(notChecked: readonly NotChecked[]): Set<string> {
  return new Set(notChecked.flatMap((item) => ('read' in item ? item.rules : [item.rule])));
}

function nameOf(item: NotChecked): string {
  return 'read' in item ? item.read : `rule ${item.rule}`;
}

function headingSpan({ palette }: Page): Span {
  return { text: 'Not checked:', paint: palette.bold };
}
