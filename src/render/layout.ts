import { displayWidth } from './columns.ts';
import type { Paint } from './palette.ts';

/** A piece of text with its colour. `whole`: its spaces are no places to break a line. */
export interface Span {
  readonly text: string;
  readonly paint?: Paint;
  readonly whole?: boolean;
}

/** Where lines begin and end. */
export interface Margins {
  /** Columns; `undefined`: lines are not wrapped. */
  readonly width: number | undefined;
  /** Columns before the first line. */
  readonly first: number;
  /** Columns before the lines that follow. */
  readonly rest: number;
}

/** A row of cells of which the last wraps beneath itself; several `texts` begin on lines of their own. */
export interface Row {
  readonly cells: readonly Span[];
  readonly texts: readonly (readonly Span[])[];
}

const GAP = 2;
/** The last cell goes beneath the others when less than this is left for it. */
const LEAST_TEXT_WIDTH = 28;
/** Of an unwrapped line, the most that a column is padded to. */
const UNWRAPPED_CAP = 60;

/** Spaces, and the places after characters of scripts that are written without spaces. */
const BREAKS = /( +)|(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/u;
const IDEOGRAPH_LAST = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u;

interface Word {
  readonly gap: number;
  readonly pieces: Span[];
}

/** Wraps at spaces. A word is never broken, even if it is wider than the line: it could be a name or a URL to copy. */
export function paragraph(spans: readonly Span[], { width, first, rest }: Margins): string[] {
  const lines: string[] = [];
  let line: Span[] = [];
  let column = first;
  const flush = () => lines.push(paintLine(line, lines.length === 0 ? first : rest));
  for (const word of splitWords(spans)) {
    const wordWidth = word.pieces.reduce((sum, piece) => sum + displayWidth(piece.text), 0);
    if (width !== undefined && line.length > 0 && column + word.gap + wordWidth > width) {
      flush();
      line = [];
      column = rest;
    } else if (word.gap > 0) {
      line.push(gapBetween(line.at(-1), word));
      column += word.gap;
    }
    line.push(...word.pieces);
    column += wordWidth;
  }
  flush();
  return lines;
}

/** Lays rows out in columns that are aligned with one another; gives the lines of each row. */
export function layoutRows(
  rows: readonly Row[],
  { width, indent, under = indent + 4 }: { width: number | undefined; indent: number; under?: number },
): string[][] {
  const widths = columnWidths(rows, width);
  const lead = widths.reduce((sum, columnWidth) => sum + columnWidth + GAP, indent);
  const isStacked = width !== undefined && width - lead < LEAST_TEXT_WIDTH;
  return rows.map(({ cells, texts }) => {
    const head = cells.flatMap((cell, index): Span[] => {
      const missing = (widths[index] ?? 0) - displayWidth(cell.text);
      return [
        { ...cell, whole: true },
        { text: ' '.repeat(Math.max(0, missing) + GAP), whole: true },
      ];
    });
    const headWidth = head.reduce((sum, { text }) => sum + displayWidth(text), indent);
    // Beneath a head that is too wide for its column, close to it: at the column's end the eye would lose it.
    const isBeneath = isStacked || headWidth > lead;
    const start = isBeneath ? under : lead;
    const shown = texts.filter((spans) => spans.some(({ text }) => text !== ''));
    const [text, ...others] = shown;
    const hanging = (spans: readonly Span[]) => paragraph(spans, { width, first: start, rest: start });
    if (text === undefined || isBeneath) {
      return [paintLine(head, indent), ...shown.flatMap(hanging)];
    }
    return [
      ...paragraph([...head, ...text], { width, first: indent, rest: start }),
      ...others.flatMap(hanging),
    ];
  });
}

/** A line that is never wrapped, such as a command to copy. */
export function paintLine(spans: readonly Span[], indent: number): string {
  const merged: Span[] = [];
  for (const span of trimEnd(spans)) {
    const last = merged.at(-1);
    if (last !== undefined && last.paint === span.paint)
      merged[merged.length - 1] = { ...last, text: last.text + span.text };
    else merged.push(span);
  }
  if (merged.length === 0) return '';
  return (
    ' '.repeat(indent) + merged.map(({ text, paint }) => (paint === undefined ? text : paint(text))).join('')
  );
}

function trimEnd(spans: readonly Span[]): Span[] {
  const kept = [...spans];
  for (let last = kept.at(-1); last !== undefined; last = kept.at(-1)) {
    const text = last.text.trimEnd();
    kept.pop();
    if (text === '') continue;
    kept.push({ ...last, text });
    break;
  }
  return kept;
}

function gapBetween(before: Span | undefined, { gap, pieces: [after] }: Word): Span {
  const text = ' '.repeat(gap);
  const isWithin = after?.paint !== undefined && before?.paint === after.paint;
  return isWithin ? { text, paint: after.paint } : { text };
}

function columnWidths(rows: readonly Row[], width: number | undefined): number[] {
  const cap = width === undefined ? UNWRAPPED_CAP : Math.max(16, Math.floor(width * 0.4));
  const widths: number[] = (rows[0]?.cells ?? []).map(() => 0);
  for (const { cells } of rows) {
    for (const [index, { text }] of cells.entries()) {
      const cellWidth = displayWidth(text);
      // One that is too wide gets a line of its own, and does not push the others apart.
      if (cellWidth <= cap) widths[index] = Math.max(widths[index] ?? 0, cellWidth);
    }
  }
  return widths;
}

function splitWords(spans: readonly Span[]): Word[] {
  const words: Word[] = [];
  let gap = 0;
  let isOpen = false;
  const add = (piece: Span) => {
    const last = words.at(-1);
    if (isOpen && last !== undefined) last.pieces.push(piece);
    else words.push({ gap, pieces: [piece] });
    gap = 0;
    isOpen = true;
  };
  for (const span of spans) {
    const parts = span.whole === true ? [span.text] : span.text.split(BREAKS);
    for (const part of parts) {
      if (part === undefined || part === '') continue;
      if (part.trim() === '' && span.whole !== true) {
        gap += part.length;
        isOpen = false;
      } else {
        add({ ...span, text: part });
        if (span.whole !== true && IDEOGRAPH_LAST.test(part)) isOpen = false;
      }
    }
  }
  return words;
}
