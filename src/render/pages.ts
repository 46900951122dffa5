import { type Margins, paintLine, paragraph, type Span } from './layout.ts';
import { type RenderOptions, usableWidth } from './options.ts';
import { createPalette, type Palette } from './palette.ts';

/** A part of a Markdown page. Only what the rules' pages use is told apart; all else is a paragraph. */
type Part =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'code'; readonly lines: readonly string[] }
  | { readonly kind: 'item'; readonly indent: number; readonly marker: string; readonly text: string }
  | { readonly kind: 'table'; readonly lines: readonly string[] }
  | { readonly kind: 'paragraph'; readonly text: string };

const CODE_INDENT = 4;

/** A Markdown page made readable on a terminal: headings stand out, prose is wrapped, code is indented and left whole. */
export function renderPage(markdown: string, options: RenderOptions): string {
  const palette = createPalette(options.color);
  const width = usableWidth(options);
  const lines: string[] = [];
  let last: Part | undefined;
  for (const part of parseMarkdown(markdown)) {
    const isListGoingOn = part.kind === 'item' && last?.kind === 'item';
    if (last !== undefined && !isListGoingOn) lines.push('');
    lines.push(...layoutPart(part, width, palette));
    last = part;
  }
  return `${lines.join('\n')}\n`;
}

function layoutPart(part: Part, width: number | undefined, palette: Palette): string[] {
  const wrap = (spans: readonly Span[], margins: Omit<Margins, 'width'>) =>
    paragraph(spans, { width, ...margins });
  switch (part.kind) {
    case 'heading':
      // Without colour a heading must still differ from prose.
      return wrap([{ text: `${'#'.repeat(part.level)} ${stripMarks(part.text)}`, paint: palette.bold }], {
        first: 0,
        rest: part.level + 1,
      });
    case 'code':
      return part.lines.map((text) => paintLine([{ text }], CODE_INDENT));
    case 'table':
      return part.lines.map((text) => paintLine([{ text }], 0));
    case 'item': {
      const rest = part.indent + part.marker.length + 1;
      return wrap([{ text: `${part.marker} `, whole: true }, ...inlineSpans(part.text, palette)], {
        first: part.indent,
        rest,
      });
    }
    case 'paragraph':
      return wrap(inlineSpans(part.text, palette), { first: 0, rest: 0 });
  }
}

function parseMarkdown(markdown: string): Part[] {
  const parts: Part[] = [];
  const lines = markdown
    .replace(/\r\n/g, '\n')
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .split('\n');
  let fence: { mark: string; lines: string[] } | undefined;
  let isOpen = false;
  for (const line of lines) {
    if (fence !== undefined) {
      if (line.trim() === fence.mark) fence = undefined;
      else fence.lines.push(line);
      continue;
    }
    const fenceMark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fenceMark !== undefined) {
      fence = { mark: fenceMark, lines: [] };
      parts.push({ kind: 'code', lines: fence.lines });
      isOpen = false;
      continue;
    }
    isOpen = addLine(parts, line, isOpen);
  }
  return parts;
}

/** Adds a line outside code to the parts; tells whether a line that follows goes on with the last part. */
function addLine(parts: Part[], line: string, isOpen: boolean): boolean {
  if (line.trim() === '') return false;
  const [, marks, title] = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line) ?? [];
  if (marks !== undefined && title !== undefined) {
    parts.push({ kind: 'heading', level: marks.length, text: title });
    return false;
  }
  const [, spaces, marker, text] = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/.exec(line) ?? [];
  if (spaces !== undefined && marker !== undefined && text !== undefined) {
    parts.push({ kind: 'item', indent: spaces.length, marker: /\d/.test(marker) ? marker : '-', text });
    return true;
  }
  const last = parts.at(-1);
  if (line.startsWith('|')) {
    if (isOpen && last?.kind === 'table')
      parts[parts.length - 1] = { kind: 'table', lines: [...last.lines, line] };
    else parts.push({ kind: 'table', lines: [line] });
    return true;
  }
  if (isOpen && (last?.kind === 'item' || last?.kind === 'paragraph')) {
    parts[parts.length - 1] = { ...last, text: `${last.text} ${line.trim()}` };
  } else {
    parts.push({ kind: 'paragraph', text: line.trim() });
  }
  return true;
}

/** Code keeps its backticks, so that it stands out without colour; emphasis loses its marks; links show their address. */
function inlineSpans(text: string, palette: Palette): Span[] {
  const pieces = text.split(/(`[^`]+`|\*\*[^*]+\*\*)/);
  return pieces.map((piece): Span => {
    if (/^`[^`]+`$/.test(piece)) return { text: piece, paint: palette.cyan, whole: true };
    if (/^\*\*[^*]+\*\*$/.test(piece)) return { text: piece.slice(2, -2), paint: palette.bold };
    return { text: showLinks(piece) };
  });
}

function stripMarks(text: string): string {
  return showLinks(text).replaceAll('**', '');
}

function showLinks(text: string): string {
  return text.replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (_, words: string, address: string) =>
    words === address ? address : `${words} (${address})`,
  );
}
