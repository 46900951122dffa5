import type { Diagnosis, RootCause } from '../model/diagnosis.ts';
import type { Finding } from '../model/finding.ts';
import type { Page } from './detail.ts';
import { layoutBriefly, layoutFinding } from './findings.ts';
import { paragraph, type Span } from './layout.ts';
import { layoutMore } from './more.ts';
import { verdictPaint } from './palette.ts';
import { count } from './words.ts';

/** A part of a report: blocks that are set off by blank lines. */
type Blocks = string[][];

/** The proven root causes, best first, each in full. */
export function layoutRootCauses(diagnosis: Diagnosis, page: Page): Blocks {
  const causes = diagnosis.rootCauses.filter(isProven);
  const shown = causes.slice(0, page.detail.causes);
  const further = causes.slice(page.detail.causes).map(({ finding }) => finding);
  const heading = (index: number) =>
    causes.length === 1 ? 'Root cause' : `Root cause ${index + 1} of ${causes.length}`;
  return [
    ...shown.map((cause, index) => layoutCause(cause, heading(index), diagnosis, page)),
    ...(further.length === 0
      ? []
      : [
          [
            `And ${count(further.length, 'more root cause')} (-o wide shows them in full)`,
            ...layoutBriefly(further, page),
          ],
        ]),
  ];
}

/** What is only possible: in full where no cause is proven, otherwise a row each. */
export function layoutSuspects(diagnosis: Diagnosis, page: Page): Blocks {
  const causes = diagnosis.rootCauses.filter((cause) => !isProven(cause));
  const suspects = [...causes.map(({ finding }) => finding), ...otherFindings(diagnosis).filter(isSuspect)];
  const isAllThereIs = causes.length === diagnosis.rootCauses.length && diagnosis.verdict !== 'healthy';
  if (suspects.length === 0) return [];
  if (!page.detail.isFull && !isAllThereIs) {
    return layoutList('Possible, not proven', suspects, page, '(-o wide shows evidence and commands)');
  }
  const shown = suspects.slice(0, page.detail.causes);
  const more = layoutMore(suspects.length - shown.length, 'possible cause', 'possible causes', page, 0);
  return [
    ...shown.map((finding) => {
      const cause = causes.find((candidate) => candidate.finding === finding);
      if (cause !== undefined) return layoutCause(cause, 'Possible, not proven', diagnosis, page);
      const affects = diagnosis.routes.length > 1 ? finding.routes : [];
      const heading = [headingSpan('Possible, not proven', page)];
      return layoutFinding(finding, { heading, affects, routes: diagnosis.routes }, page);
    }),
    ...(more.length === 0 ? [] : [more]),
  ];
}

/** Findings that decide nothing: medium and above, or all of them in full. */
export function layoutOthers(diagnosis: Diagnosis, page: Page): Blocks {
  const others = otherFindings(diagnosis).filter((finding) => !isSuspect(finding));
  if (page.detail.isFull) {
    return others.map((finding) => {
      const heading = [headingSpan(`Also seen (${finding.severity}, ${finding.confidence})`, page)];
      return layoutFinding(finding, { heading, routes: diagnosis.routes }, page);
    });
  }
  return layoutList('Also seen', others, page);
}

function layoutCause(cause: RootCause, title: string, diagnosis: Diagnosis, page: Page): string[] {
  const { finding, explained, change } = cause;
  const paint = isProven(cause) ? verdictPaint(page.palette, 'failing') : page.palette.bold;
  const heading = [{ text: `${title} (${finding.confidence})`, paint }];
  const affects = takesAllDown(cause, diagnosis) ? [] : cause.affects;
  return layoutFinding(finding, { heading, change, explained, affects, routes: diagnosis.routes }, page);
}

/** Whether naming the affected routes would only repeat which ones are broken. */
function takesAllDown({ affects }: RootCause, { routes, rootCauses }: Diagnosis): boolean {
  const broken = routes.filter(({ verdict }) => verdict !== 'healthy');
  return (
    rootCauses.length === 1 &&
    broken.every(({ id }) => affects.includes(id)) &&
    affects.length === broken.length
  );
}

function layoutList(title: string, findings: readonly Finding[], page: Page, hint = ''): Blocks {
  const weighty = findings.filter(({ severity }) => severity !== 'low' && severity !== 'info');
  const shown = weighty.slice(0, page.detail.others);
  const minor = findings.length - weighty.length;
  const heading = headingSpan(title, page);
  if (shown.length === 0 && minor === 0) return [];
  if (shown.length === 0) {
    const where: Span = { text: '(-o wide shows all)', whole: true };
    const spans = [heading, { text: `: ${count(minor, 'finding')} of low weight ` }, where];
    return [paragraph(spans, { width: page.width, first: 0, rest: 2 })];
  }
  const lines = [
    ...layoutBriefly(shown, page),
    ...layoutMore(weighty.length - shown.length, 'finding', 'findings', page),
    ...layoutMore(minor, 'finding of low weight', 'findings of low weight', page),
  ];
  const spans = [heading, { text: `  ${hint}`, paint: page.palette.dim }];
  return [[...paragraph(spans, { width: page.width, first: 0, rest: 2 }), ...lines]];
}

/** Findings that are neither a root cause nor explained by one. */
function otherFindings({ findings, rootCauses }: Diagnosis): Finding[] {
  const shown = new Set(
    rootCauses.flatMap(({ finding, explained }) => [finding, ...explained]).map(identify),
  );
  return findings.filter((finding) => !shown.has(identify(finding)));
}

// Findings are compared by value: a diagnosis may come from a file, where equal findings are not the same object.
function identify({ code, object, message }: Finding): string {
  return JSON.stringify([code, object.kind, object.namespace, object.name, message]);
}

function isProven({ finding }: RootCause): boolean {
  return !isSuspect(finding);
}

function isSuspect({ confidence }: Finding): boolean {
  return confidence === 'suspect';
}

function headingSpan(text: string, page: Page): Span {
  return { text, paint: page.palette.bold };
}
