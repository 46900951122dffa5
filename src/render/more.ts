import type { Page } from './detail.ts';
import { paragraph, type Span } from './layout.ts';
import { count } from './words.ts';

/** The line that says how many things are left out and where they are; none when nothing is. */
export function layoutMore(
  missing: number,
  singular: string,
  plural: string,
  page: Page,
  indent = 2,
): string[] {
  if (missing <= 0) return [];
  const spans: Span[] = [
    { text: `… ${count(missing, `more ${singular}`, `more ${plural}`)} `, paint: page.palette.dim },
    { text: '(-o wide shows all)', paint: page.palette.dim, whole: true },
  ];
  return paragraph(spans, { width: page.width, first: indent, rest: indent + 2 });
}
