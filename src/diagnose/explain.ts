import { CONFIDENCES } from '../model/finding.ts';
import type { Rule } from '../rules/rule.ts';
import type { RawFinding } from './run.ts';

/** For each finding, the findings that it is a direct consequence of. */
export type Causes = ReadonlyMap<RawFinding, readonly RawFinding[]>;

/**
 * Relates findings by the rules' `explains`: a cause explains a consequence when its rule says so, when it is about
 * something on whose path the consequence's subject lies, and when it is as sure: a suspect hides nothing proven.
 */
export function explainFindings(rules: readonly Rule[], findings: readonly RawFinding[]): Causes {
  const explains = new Map(rules.map((rule) => [rule.name, new Set(rule.explains)]));
  const bySubject = new Map<string, RawFinding[]>();
  for (const finding of findings) {
    for (const subject of finding.subjects) {
      const others = bySubject.get(subject);
      if (others === undefined) bySubject.set(subject, [finding]);
      else others.push(finding);
    }
  }
  const causes = new Map<RawFinding, readonly RawFinding[]>();
  for (const finding of findings) {
    const identity = finding.subjects[0] ?? '';
    const found = (bySubject.get(identity) ?? []).filter(
      (cause) =>
        cause !== finding &&
        explains.get(cause.rule)?.has(finding.rule) === true &&
        surer(cause, finding) <= 0 &&
        isWeighty(cause, finding),
    );
    if (found.length > 0) causes.set(finding, found);
  }
  return causes;
}

/** Negative when `a` is surer than `b`; a `likely` cause may explain what is certain, a suspect may not. */
function surer(a: RawFinding, b: RawFinding): number {
  if (a.confidence !== 'suspect') return 0;
  return CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence);
}

/** What is only worth a remark explains nothing that takes requests down. */
function isWeighty(cause: RawFinding, finding: RawFinding): boolean {
  const isRemark = cause.severity === 'info' || cause.severity === 'low';
  return !isRemark || finding.severity === 'info' || finding.severity === 'low';
}

/** Everything that a finding explains, directly or through others. */
export function consequencesOf(finding: RawFinding, causes: Causes): readonly RawFinding[] {
  const consequences = new Set<RawFinding>();
  let grown = true;
  while (grown) {
    grown = false;
    for (const [consequence, because] of causes) {
      if (consequence === finding || consequences.has(consequence)) continue;
      if (because.some((cause) => cause === finding || consequences.has(cause))) {
        consequences.add(consequence);
        grown = true;
      }
    }
  }
  return [...consequences];
}
