import type { Evidence } from '../model/finding.ts';
import { isSameReference, type ObjectReference, showReference } from '../model/reference.ts';
import type { Page } from './detail.ts';
import { layoutRows, paintLine, type Row, type Span } from './layout.ts';
import { layoutMore } from './more.ts';
import { count } from './words.ts';

/**
 * What was read, in two columns: where it stands, and its value. The objects stand above their facts,
 * unless all facts are about the given one.
 */
export function layoutEvidence(
  evidence: readonly Evidence[],
  about: ObjectReference | undefined,
  indent: number,
  page: Page,
): string[] {
  const { width, palette, detail } = page;
  const shown = evidence.slice(0, detail.evidence);
  const namesObjects = shown.some(({ object }) => about === undefined || !isSameReference(object, about));
  const rowIndent = namesObjects ? indent + 2 : indent;
  const rows = shown.map(
    (item): Row => ({
      cells: [{ text: 'field' in item ? item.field : item.source, paint: palette.dim }],
      texts: showValue(item.value, page),
    }),
  );
  const blocks = layoutRows(rows, { width, indent: rowIndent, under: rowIndent + 2 });
  const lines = shown.flatMap((item, index) => {
    const before = shown[index - 1]?.object;
    const isNamed = namesObjects && (before === undefined || !isSameReference(item.object, before));
    const name = isNamed ? [paintLine([{ text: showReference(item.object) }], indent)] : [];
    return [...name, ...(blocks[index] ?? [])];
  });
  return [...lines, ...layoutMore(evidence.length - shown.length, 'fact', 'facts', page, indent)];
}

function showValue(value: string, { detail, palette }: Page): Span[][] {
  const lines = value.split('\n');
  const shown = lines.slice(0, detail.valueLines).map((text): Span[] => [{ text }]);
  const missing = lines.length - shown.length;
  return missing > 0
    ? [...shown, [{ text: `… (${count(missing, 'more line')})`, paint: palette.dim }]]
    : shown;
}
