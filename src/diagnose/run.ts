import type { Finding, Report } from '../model/finding.ts';
import type { Read, ReadFailure } from '../model/read.ts';
import { showReference } from '../model/reference.ts';
import type { Symptom } from '../model/symptom.ts';
import type { IngressTrace, Trace } from '../model/trace.ts';
import type { Rule, Subject } from '../rules/rule.ts';
import type { VisitName } from '../rules/visits.ts';
import { blockedVisits } from './blocked.ts';
import { subjectsOf } from './subjects.ts';
import { withoutUnreached } from './unreached.ts';

/** A rule that could not run on a subject, because of a failed read or of a fault of its own. */
export interface NotRun {
  readonly rule: Rule;
  readonly routes: readonly string[];
  readonly because: { readonly failure: ReadFailure } | { readonly fault: string };
}

/** A finding with what it takes to relate it to others. */
export interface RawFinding extends Finding {
  readonly visit: VisitName;
  /** The identity of the subject that it is about, then what lies behind that on the path. */
  readonly subjects: readonly string[];
  /** No request on its routes gets any further. */
  readonly isFinal?: boolean;
  /** The workload of the Pod that it is about: like findings of its Pods are one finding. */
  readonly owner?: string;
}

/** A finding that bears on requests: it has a symptom and more than suspicion behind it. */
export interface Bearing extends RawFinding {
  readonly symptom: Symptom;
}

export function isBearing(finding: RawFinding): finding is Bearing {
  return finding.symptom !== undefined && finding.confidence !== 'suspect';
}

/** What all rules say about one Ingress, and what they could not say. */
export function runRules(
  rules: readonly Rule[],
  trace: Trace,
  ingressTrace: IngressTrace,
): { readonly findings: readonly RawFinding[]; readonly notRun: readonly NotRun[] } {
  const subjects = subjectsOf(trace, ingressTrace);
  const blocked = blockedVisits(ingressTrace);
  const findings: RawFinding[] = [];
  const notRun: NotRun[] = [];

  for (const rule of rules) {
    for (const { visit, routes, failure } of blocked) {
      if (visit === rule.visits) notRun.push({ rule, routes, because: { failure } });
    }
    for (const subject of subjects[rule.visits] as readonly Subject[]) {
      const failure = firstFailure(rule.needs, subject);
      if (failure !== undefined) {
        notRun.push({ rule, routes: subject.routes, because: { failure } });
        continue;
      }
      try {
        for (const answer of rule.check(factsFor(rule, subject) as never)) {
          if (!('cannotTell' in answer)) {
            findings.push(findingOf(rule, subject, answer));
            continue;
          }
          const unread = firstFailure([answer.cannotTell], subject);
          if (unread !== undefined) {
            notRun.push({ rule, routes: subject.routes, because: { failure: unread } });
          }
        }
      } catch (error) {
        notRun.push({ rule, routes: subject.routes, because: { fault: String(error) } });
      }
    }
  }
  return { findings: withoutUnreached(findings), notRun };
}

function firstFailure(names: readonly string[], subject: Subject): ReadFailure | undefined {
  for (const name of names) {
    const read = readOf(subject, name);
    if (!read.ok) return read.failure;
  }
  return undefined;
}

function readOf(subject: Subject, name: string): Read<unknown> {
  return (subject.reads as Readonly<Record<string, Read<unknown>>>)[name] as Read<unknown>;
}

function factsFor(rule: Rule, subject: Subject): object {
  const facts: Record<string, unknown> = { ...subject.given };
  for (const name of [...rule.needs, ...(rule.uses ?? [])]) {
    const read = readOf(subject, name);
    facts[name] = read.ok ? read.value : undefined;
  }
  return facts;
}

function findingOf(rule: Rule, subject: Subject, report: Report): RawFinding {
  const symptom = report.symptom === undefined ? rule.symptom : (report.symptom ?? undefined);
  const owner = (subject.given as { readonly owner?: Parameters<typeof showReference>[0] }).owner;
  return {
    visit: subject.visit,
    code: rule.code,
    rule: rule.name,
    hop: rule.hop,
    severity: report.severity ?? rule.severity,
    confidence: report.confidence ?? rule.confidence,
    ...(symptom !== undefined && { symptom }),
    partial: report.partial ?? false,
    ...(report.isFinal === true && { isFinal: true }),
    ...(report.status !== undefined && { status: report.status }),
    object: report.object,
    message: report.message,
    evidence: report.evidence,
    ...(report.fix !== undefined && { fix: report.fix }),
    ...(report.since !== undefined && { since: report.since }),
    routes: subject.routes,
    subjects: subject.keys,
    ...(subject.visit === 'pod' && owner !== undefined && { owner: showReference(owner) }),
  };
}
