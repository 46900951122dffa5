import type { Verdict } from '../model/diagnosis.ts';
import { CONFIDENCES, HOPS, SEVERITIES } from '../model/finding.ts';
import { SYMPTOM_FACTS, SYMPTOMS } from '../model/symptom.ts';
import type { IngressTrace } from '../model/trace.ts';
import { type Causes, consequencesOf } from './explain.ts';
import { answerTo, type Outcome } from './predict.ts';
import { isBearing, type RawFinding } from './run.ts';

/** A root cause with everything that follows from it. */
export interface RankedCause {
  readonly finding: RawFinding;
  readonly explained: readonly RawFinding[];
}

/**
 * The root causes, best first: findings that nothing explains and that bear on requests, by themselves or through
 * what they explain. What is only suspected comes last; then first what gives the status that was seen, then what
 * decides the answer of more routes (those that fail before those that are weakened), then the surer, and the earlier
 * on the request's way.
 */
export function rankCauses(
  trace: IngressTrace,
  findings: readonly RawFinding[],
  causes: Causes,
  outcomes: readonly Outcome[],
  seenStatus: number | undefined,
): readonly RankedCause[] {
  const candidates = findings
    .filter((finding) => !causes.has(finding))
    .map((finding) => ({ finding, explained: consequencesOf(finding, causes) }));

  function bearings({ finding, explained }: RankedCause): readonly RawFinding[] {
    return [finding, ...explained].filter((each) => each.symptom !== undefined);
  }
  /** How many routes it decides the answer of, by what becomes of them. */
  function routesDecided(cause: RankedCause, verdict: Verdict): number {
    const own = new Set(bearings(cause));
    return outcomes.filter(
      (outcome) =>
        outcome.verdict === verdict && outcome.decidedBy !== undefined && own.has(outcome.decidedBy),
    ).length;
  }
  function givesSeenStatus(cause: RankedCause): boolean {
    return bearings(cause).some(({ symptom, status }) => {
      const shown = status === undefined ? {} : { status };
      return symptom !== undefined && answerTo(trace, { symptom, ...shown }).status === seenStatus;
    });
  }
  function isRoot(cause: RankedCause): boolean {
    // A suspicion is worth naming as a cause only to somebody who saw just what it would bring about.
    if (cause.finding.confidence === 'suspect') return seenStatus !== undefined && givesSeenStatus(cause);
    return [cause.finding, ...cause.explained].some(
      (each) =>
        isBearing(each) && (!isByDesign(each) || (seenStatus !== undefined && givesSeenStatus(cause))),
    );
  }
  function order(cause: RankedCause): readonly number[] {
    const { finding } = cause;
    const symptoms = bearings(cause).flatMap(({ symptom }) => symptom ?? []);
    return [
      finding.confidence === 'suspect' ? 1 : 0,
      seenStatus !== undefined && !givesSeenStatus(cause) ? 1 : 0,
      -routesDecided(cause, 'failing'),
      -routesDecided(cause, 'degraded'),
      symptoms.some((symptom) => SYMPTOM_FACTS[symptom].effect === 'fails') && !finding.partial ? 0 : 1,
      CONFIDENCES.indexOf(finding.confidence),
      -finding.routes.length,
      Math.min(...symptoms.map((symptom) => SYMPTOMS.indexOf(symptom))),
      SEVERITIES.indexOf(finding.severity),
      HOPS.indexOf(finding.hop),
    ];
  }
  return candidates.filter(isRoot).sort((a, b) => compare(order(a), order(b)));
}

/** What answers with another status on purpose is a cause only to somebody who wonders at just that status. */
function isByDesign({ symptom }: RawFinding): boolean {
  return symptom !== undefined && SYMPTOM_FACTS[symptom].effect === 'answers';
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
