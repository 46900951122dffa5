import { kubectl } from '../kubernetes/command.ts';
import type { Diagnosis, NotChecked } from '../model/diagnosis.ts';
import type { ObjectReference } from '../model/reference.ts';
import { cutColumns, displayWidth, padColumns } from './columns.ts';
import { BRIEF, type Page } from './detail.ts';
import { paintLine, paragraph, type Span } from './layout.ts';
import type { RenderOptions } from './options.ts';
import { verdictPaint } from './palette.ts';
import { createPage } from './report.ts';
import { sanitize } from './sanitize.ts';
import { layoutNotChecked } from './unchecked.ts';
import { count, SYMBOLS, showMessage, showStatus, WORST_FIRST, worstRoutesFirst } from './words.ts';

const GAP = 2;
/** A message narrower than this says nothing. */
const LEAST_MESSAGE_WIDTH = 24;
/** A second host is shown where both fit into this many columns. */
const HOSTS_WIDTH = 40;

type ColumnName = 'NAMESPACE' | 'NAME' | 'CLASS' | 'HOSTS' | 'VERDICT' | 'STATUS' | 'ROOT CAUSE' | 'MESSAGE';
type Cells = Readonly<Record<ColumnName, string>>;

/** Columns whose contents can stand on lines of their own. */
const BENEATH: readonly ColumnName[] = ['ROOT CAUSE', 'MESSAGE'];
const COLUMNS: readonly ColumnName[] = [
  'NAMESPACE',
  'NAME',
  'CLASS',
  'HOSTS',
  'VERDICT',
  'STATUS',
  'ROOT CAUSE',
  'MESSAGE',
];
/** What is left out where the terminal is too narrow, tried in this order. The causes then stand beneath the rows. */
const OMISSIONS: readonly (readonly ColumnName[])[] = [
  [],
  ['CLASS'],
  ['CLASS', 'HOSTS'],
  [...BENEATH],
  [...BENEATH, 'CLASS'],
  [...BENEATH, 'CLASS', 'HOSTS'],
];

/** Where even that is too wide, the longest stands last, so that a row breaks only there. */
const NAME_LAST: readonly ColumnName[] = ['VERDICT', 'STATUS', 'NAMESPACE', 'NAME'];

/** A line per Ingress, worst first, with a count of the verdicts (without a named Ingress, the default). */
export function renderTable(diagnoses: readonly Diagnosis[], options: RenderOptions): string {
  const page = createPage(options, BRIEF);
  const sorted = sanitize(diagnoses.map(withoutPaths), BRIEF.valueLength).toSorted(compareDiagnoses);
  const [worst] = sorted;
  if (worst === undefined) return 'no Ingresses\n';
  const lines = [
    ...layoutTable(sorted, page),
    '',
    ...paragraph([{ text: showSummary(sorted) }], { width: page.width, first: 0, rest: 2 }),
    ...layoutNotChecked(joinNotChecked(sorted), page),
    ...layoutHint(worst, page),
  ];
  return `${lines.join('\n')}\n`;
}

// Of all Ingresses of a cluster, hops and findings are most of the text, and the table shows none of it.
function withoutPaths(diagnosis: Diagnosis): Diagnosis {
  return { ...diagnosis, findings: [], routes: diagnosis.routes.map((route) => ({ ...route, hops: [] })) };
}

function layoutTable(diagnoses: readonly Diagnosis[], page: Page): string[] {
  const rows = diagnoses.map(toCells);
  const hasNamespaces = new Set(diagnoses.map(({ target }) => target.namespace)).size > 1;
  const isBad = diagnoses.some(({ verdict }) => verdict !== 'healthy');
  const wanted = COLUMNS.filter((name) => {
    if (name === 'NAMESPACE') return hasNamespaces;
    return isBad || (name !== 'ROOT CAUSE' && name !== 'MESSAGE');
  });
  const columns = fitColumns(rows, wanted, page.width);
  const lead = columns.reduce((sum, name) => sum + (name === 'MESSAGE' ? 0 : widthOf(rows, name) + GAP), 0);
  const messageWidth = page.width === undefined ? Number.POSITIVE_INFINITY : page.width - lead;
  const widths = new Map(columns.map((name) => [name, widthOf(rows, name)]));

  const header = columns.map((name): Span => ({ text: padColumns(name, (widths.get(name) ?? 0) + GAP) }));
  const lines = rows.flatMap((row, index) => {
    const paint = verdictPaint(page.palette, diagnoses[index]?.verdict ?? 'unknown');
    const spans = columns.map((name): Span => {
      if (name === 'MESSAGE') return { text: cutColumns(row.MESSAGE, messageWidth) };
      const text = padColumns(row[name], (widths.get(name) ?? 0) + GAP);
      return name === 'VERDICT' ? { text, paint } : { text };
    });
    const hasCauseBeneath = row.MESSAGE !== '' && !columns.includes('ROOT CAUSE');
    const beneath = [{ text: `${row['ROOT CAUSE']}: ${row.MESSAGE}` }];
    return [
      paintLine(spans, 0),
      ...(hasCauseBeneath ? paragraph(beneath, { width: page.width, first: 4, rest: 6 }) : []),
    ];
  });
  const left = wanted.filter((name) => !columns.includes(name) && !BENEATH.includes(name));
  const note = { text: `left out at this width: ${left.join(', ')}`, paint: page.palette.dim };
  return [
    paintLine(header, 0),
    ...lines,
    ...(left.length === 0 ? [] : paragraph([note], { width: page.width, first: 0, rest: 2 })),
  ];
}

function fitColumns(
  rows: readonly Cells[],
  wanted: readonly ColumnName[],
  width: number | undefined,
): readonly ColumnName[] {
  const choices = OMISSIONS.map((omitted) => wanted.filter((name) => !omitted.includes(name)));
  const fits = (columns: readonly ColumnName[]) => {
    const least = (name: ColumnName) =>
      name === 'MESSAGE' ? Math.min(LEAST_MESSAGE_WIDTH, widthOf(rows, name)) : widthOf(rows, name);
    return width === undefined || columns.reduce((sum, name) => sum + least(name) + GAP, -GAP) <= width;
  };
  return choices.find(fits) ?? NAME_LAST.filter((name) => wanted.includes(name));
}

function widthOf(rows: readonly Cells[], name: ColumnName): number {
  return rows.reduce((widest, row) => Math.max(widest, displayWidth(row[name])), displayWidth(name));
}

function toCells(diagnosis: Diagnosis): Cells {
  const { target, verdict, controller, routes, rootCauses } = diagnosis;
  const [worstRoute] = worstRoutesFirst(routes);
  const [cause] = rootCauses;
  const more = rootCauses.length - 1;
  return {
    NAMESPACE: target.namespace ?? '',
    NAME: target.name,
    CLASS: controller.class ?? '-',
    HOSTS: showHosts(diagnosis),
    VERDICT: `${SYMBOLS[verdict]} ${verdict}`,
    STATUS: worstRoute === undefined ? '-' : showStatus(worstRoute),
    'ROOT CAUSE': cause === undefined ? '-' : `${cause.finding.rule}${more > 0 ? ` +${more}` : ''}`,
    MESSAGE: cause === undefined ? '' : showMessage(cause.finding),
  };
}

function showHosts({ routes }: Diagnosis): string {
  const hosts = [...new Set(routes.map(({ host }) => (host === '' ? '*' : host)))];
  const [first = '-', second] = hosts;
  if (second === undefined) return first;
  const both = `${first},${second}`;
  const shown = displayWidth(both) > HOSTS_WIDTH ? 1 : 2;
  const more = hosts.length - shown;
  return `${shown === 1 ? first : both}${more > 0 ? ` +${more}` : ''}`;
}

function showSummary(diagnoses: readonly Diagnosis[]): string {
  const counts = WORST_FIRST.map((verdict) => ({
    verdict,
    number: diagnoses.filter((diagnosis) => diagnosis.verdict === verdict).length,
  }));
  const words = counts
    .filter(({ number }) => number > 0)
    .map(({ verdict, number }) => `${number} ${verdict}`);
  return `${count(diagnoses.length, 'Ingress', 'Ingresses')}: ${words.join(', ')}`;
}

function layoutHint({ target, verdict }: Diagnosis, page: Page): string[] {
  if (verdict === 'healthy') return [];
  const command = kubectl(undefined, 'gateway-doctor', target.name, ...namespaceFlag(target));
  const spans = [{ text: 'For the whole path and the fix:  ' }, { text: command, paint: page.palette.cyan }];
  const isTooLong =
    page.width !== undefined && spans.reduce((sum, { text }) => sum + displayWidth(text), 0) > page.width;
  return isTooLong ? spans.map((span) => paintLine([span], 0)) : [paintLine(spans, 0)];
}

// A plugin's own flags come after its name: kubectl finds no plugin behind flags.
function namespaceFlag({ namespace }: ObjectReference): string[] {
  return namespace === undefined ? [] : ['-n', namespace];
}

// Ingresses share reads: each is told once, with all the rules that it kept from running.
function joinNotChecked(diagnoses: readonly Diagnosis[]): NotChecked[] {
  const joined = new Map<string, NotChecked>();
  for (const item of diagnoses.flatMap(({ notChecked }) => notChecked)) {
    const key = JSON.stringify(['read' in item ? item.read : ['rule', item.rule], item.reason]);
    const known = joined.get(key);
    const isKnownRead = known !== undefined && 'read' in known && 'read' in item;
    joined.set(key, isKnownRead ? { ...item, rules: [...new Set([...known.rules, ...item.rules])] } : item);
  }
  return [...joined.values()];
}

function compareDiagnoses(a: Diagnosis, b: Diagnosis): number {
  return (
    WORST_FIRST.indexOf(a.verdict) - WORST_FIRST.indexOf(b.verdict) ||
    compareText(a.target.namespace ?? '', b.target.namespace ?? '') ||
    compareText(a.target.name, b.target.name)
  );
}

// Code unit order, so that the order is the same on every machine.
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
