import type { DiagnosedRoute } from '../model/diagnosis.ts';
import type { Command, Finding } from '../model/finding.ts';
import { padColumns } from './columns.ts';
import type { Page } from './detail.ts';
import { layoutEvidence } from './evidence.ts';
import { layoutRows, paintLine, paragraph, type Span } from './layout.ts';
import { layoutMore } from './more.ts';
import { count, showMessage, showMoment, showRoute, showRule } from './words.ts';

const INDENT = 2;
const LABEL_WIDTH = 10;
/** Narrower than this, what has a label stands beneath it. */
const ROOM_FOR_LABELS = 72;

/** What a finding's block says besides the finding itself. */
interface BlockContext {
  /** Where the block's heading begins, such as `Root cause (certain)`. */
  readonly heading: readonly Span[];
  readonly change?: string | undefined;
  readonly explained?: readonly Finding[];
  /** Routes to name as affected; empty: they go without saying. */
  readonly affects?: readonly string[];
  readonly routes: readonly DiagnosedRoute[];
}

/** A finding in full: what, since when, evidence, what it explains, and what to do. */
export function layoutFinding(finding: Finding, context: BlockContext, page: Page): string[] {
  const { width, palette, now } = page;
  const { change, explained = [], affects = [], routes } = context;
  const rule: Span = { text: showRule(finding), paint: palette.bold, whole: true };
  const inner = innerIndent(page);
  return [
    ...paragraph([...context.heading, { text: '  ' }, rule], { width, first: 0, rest: INDENT }),
    ...paragraph([{ text: showMessage(finding), paint: palette.bold }], {
      width,
      first: INDENT,
      rest: INDENT,
    }),
    ...labelledText('since', finding.since === undefined ? undefined : showMoment(finding.since, now), page),
    ...labelledText('change', change, page),
    ...labelledText('affects', affects.length === 0 ? undefined : showAffected(affects, routes, page), page),
    ...labelledLines('evidence', layoutEvidence(finding.evidence, finding.object, inner, page), page),
    ...labelledLines('explains', layoutExplained(explained, page), page),
    ...layoutFix(finding, page),
  ];
}

/** A finding in one row: severity, rule, message. */
export function layoutBriefly(findings: readonly Finding[], page: Page): string[] {
  const rows = findings.map((finding) => ({
    cells: [{ text: finding.severity }, { text: showRule(finding) }],
    texts: [[{ text: showMessage(finding) }]],
  }));
  return layoutRows(rows, { width: page.width, indent: INDENT }).flat();
}

// A command has its line for itself, unbroken: what a triple click selects can be pasted.
function layoutFix({ fix }: Finding, page: Page): string[] {
  if (fix === undefined) return [];
  const { palette } = page;
  const looks = fix.commands.filter(({ effect }) => effect === 'looks');
  const changes = fix.commands.filter(({ effect }) => effect === 'changes');
  const warning: Span[] = [
    { text: '   ' },
    { text: '(changes the cluster)', paint: palette.yellow, whole: true },
  ];
  return [
    ...labelledText('look', looks.length === 0 ? undefined : '(changes nothing)', page),
    ...layoutCommands(looks, page),
    ...labelledText('fix', [{ text: fix.summary }, ...(changes.length === 0 ? [] : warning)], page),
    ...layoutCommands(changes, page),
  ];
}

function layoutCommands(commands: readonly Command[], page: Page): string[] {
  const shown = commands.slice(0, page.detail.commands);
  return [
    ...shown.map(({ run }) => paintLine([{ text: run, paint: page.palette.cyan }], INDENT + 4)),
    ...layoutMore(commands.length - shown.length, 'command', 'commands', page, INDENT + 4),
  ];
}

function layoutExplained(explained: readonly Finding[], page: Page): string[] {
  const shown = explained.slice(0, page.detail.explained);
  const indent = innerIndent(page);
  const lines = shown.flatMap((finding) =>
    paragraph([{ text: showRule(finding), whole: true }, { text: '  ' }, { text: showMessage(finding) }], {
      width: page.width,
      first: indent,
      rest: indent + 2,
    }),
  );
  return [...lines, ...layoutMore(explained.length - shown.length, 'finding', 'findings', page, indent)];
}

function showAffected(
  affects: readonly string[],
  routes: readonly DiagnosedRoute[],
  { detail }: Page,
): string {
  if (routes.length > 1 && affects.length === routes.length) return `all ${routes.length} routes`;
  const known = new Map(routes.map((route) => [route.id, showRoute(route)]));
  const shown = affects.slice(0, detail.names).map((id) => known.get(id) ?? id);
  const missing = affects.length - shown.length;
  return `${shown.join(', ')}${missing > 0 ? ` and ${count(missing, 'more route')}` : ''}`;
}

function labelledText(label: string, text: string | readonly Span[] | undefined, page: Page): string[] {
  if (text === undefined) return [];
  const spans = typeof text === 'string' ? [{ text }] : text;
  const labelSpan: Span = { text: padColumns(label, LABEL_WIDTH), paint: page.palette.dim, whole: true };
  return paragraph([labelSpan, ...spans], { width: page.width, first: INDENT, rest: INDENT + LABEL_WIDTH });
}

function labelledLines(label: string, lines: readonly string[], page: Page): string[] {
  const [first, ...rest] = lines;
  if (first === undefined) return [];
  const margin = innerIndent(page);
  const labelSpan: Span = { text: label, paint: page.palette.dim };
  if (margin < INDENT + LABEL_WIDTH) return [paintLine([labelSpan], INDENT), ...lines];
  const padding = ' '.repeat(LABEL_WIDTH - label.length);
  return [`${paintLine([labelSpan], INDENT)}${padding}${first.slice(margin)}`, ...rest];
}

function innerIndent({ width }: Page): number {
  return width !== undefined && width < ROOM_FOR_LABELS ? INDENT + 2 : INDENT + LABEL_WIDTH;
}
