import { CONFIDENCES, type Confidence } from '../../src/model/finding.ts';
import type { Expectation } from './case.ts';
import type { DiagnosisDocument, RouteDocument } from './doctor.ts';
import type { Answer } from './request.ts';

/** The answers of a series of requests, beside what was foretold for their route. */
export interface Observation {
  readonly answers: readonly Answer[];
  readonly route: RouteDocument | undefined;
}

/** What of a diagnosis disagrees with reality or with what the case is about; empty where all agrees. */
export function disagreements(
  diagnosis: DiagnosisDocument,
  expected: Expectation,
  observations: readonly Observation[],
): readonly string[] {
  const cause = diagnosis.rootCauses[0]?.rule;
  return [
    ...observations.flatMap(({ answers, route }) => answerDisagreements(answers, route)),
    ...(diagnosis.verdict === expected.verdict
      ? []
      : [`the verdict is ${diagnosis.verdict} in place of ${expected.verdict}`]),
    ...(cause === expected.cause
      ? []
      : [`the cause is ${cause ?? 'none'} in place of ${expected.cause ?? 'none'}`]),
    ...(expected.remark === undefined || diagnosis.findings.some(({ rule }) => rule === expected.remark)
      ? []
      : [`no finding of ${expected.remark}`]),
  ];
}

function answerDisagreements(
  answers: readonly Answer[],
  route: RouteDocument | undefined,
): readonly string[] {
  if (answers.length === 0) return [];
  const seen = showAnswers(answers);
  if (route === undefined) return [`${seen} was seen on a route that the doctor does not know`];
  const odd = answers.filter((answer) => !isForetold(answer, route));
  if (odd.length > 0) return [`${showAnswers(odd)} was seen, ${showPrediction(route)} was foretold`];
  return isShown(answers, route) ? [] : [`only ${seen} was seen, ${showPrediction(route)} was foretold`];
}

/** Whether one answer is what the prediction allows. */
function isForetold(answer: Answer, { prediction, verdict }: RouteDocument): boolean {
  const { status, symptom, answeredBy, partialStatus } = prediction;
  // The other backend answers as it likes.
  if (symptom === 'wrong-backend' && (partialStatus ?? status) === null) return answer.status !== undefined;
  if (verdict === 'degraded') {
    return (
      matches(answer, 200, 'application') ||
      (partialStatus !== undefined && matches(answer, partialStatus, answeredBy ?? undefined))
    );
  }
  if (symptom === 'untrusted-certificate') {
    return answer.status === status && answer.distrusted !== undefined;
  }
  if (verdict === 'healthy' && answer.distrusted !== undefined) return false;
  return matches(answer, status, answeredBy ?? undefined);
}

/** A status that is not told is the application's own error, or none at all where nobody answers. */
function matches({ status }: Answer, foretold: number | null, answeredBy: string | undefined): boolean {
  if (foretold !== null) return status === foretold;
  if (answeredBy === 'application') return status !== undefined && status >= 400;
  return status === undefined;
}

/** Whether a route of which only some requests fail shows both kinds of answers. */
function isShown(answers: readonly Answer[], { verdict, prediction }: RouteDocument): boolean {
  if (verdict !== 'degraded' || prediction.partialStatus === undefined) return true;
  if (prediction.symptom === 'wrong-backend') return true;
  return new Set(answers.map(({ status }) => status === 200)).size === 2;
}

/** `503 ×4`, `200 ×5, connection refused ×1`. */
export function showAnswers(answers: readonly Answer[]): string {
  const counts = new Map<string, number>();
  for (const { status, error, distrusted } of answers) {
    const text =
      status === undefined ? (error ?? '') : `${status}${distrusted === undefined ? '' : ' distrusted'}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([text, count]) => `${text} ×${count}`)
    .join(', ');
}

/** `503`, `200, some 502`, `no answer`. */
export function showPrediction({ prediction, verdict }: RouteDocument): string {
  const { status, symptom, answeredBy, partialStatus } = prediction;
  const whole = symptom === 'untrusted-certificate' ? `${status} distrusted` : showStatus(status, answeredBy);
  if (verdict === 'unknown') return 'unknown';
  return partialStatus === undefined ? whole : `${whole}, some ${showStatus(partialStatus, answeredBy)}`;
}

function showStatus(status: number | null, answeredBy: string | null): string {
  if (status !== null) return String(status);
  return answeredBy === 'application' ? "the application's error" : 'no answer';
}

/** In what a diagnosis with fewer rights is surer or more favourable than the one with all. */
export function overclaimsOf(full: DiagnosisDocument, limited: DiagnosisDocument): readonly string[] {
  const claims: string[] = [];
  const allowed = {
    failing: ['failing', 'degraded', 'unknown'],
    degraded: ['degraded', 'unknown'],
    healthy: ['healthy', 'unknown'],
    unknown: ['unknown'],
  }[full.verdict];
  if (!allowed.includes(limited.verdict))
    claims.push(`the verdict is ${limited.verdict} in place of ${full.verdict}`);
  for (const cause of limited.rootCauses) {
    if (cause.rule === 'doctor-rbac-limited') continue;
    const known = full.findings.filter(({ rule }) => rule === cause.rule);
    if (known.length === 0) claims.push(`${cause.rule} is blamed`);
    else if (known.every((finding) => isSurer(cause.confidence, finding.confidence))) {
      claims.push(`${cause.rule} is ${cause.confidence} in place of ${known[0]?.confidence}`);
    }
  }
  limited.routes.forEach(({ path, prediction }, index) => {
    const before = full.routes[index]?.prediction;
    if (
      before !== undefined &&
      before.status === prediction.status &&
      isSurer(prediction.confidence, before.confidence)
    ) {
      claims.push(`the status of ${path} is ${prediction.confidence} in place of ${before.confidence}`);
    }
  });
  return claims;
}

function isSurer(confidence: Confidence, than: Confidence): boolean {
  return CONFIDENCES.indexOf(confidence) < CONFIDENCES.indexOf(than);
}
