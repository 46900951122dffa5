import { SYMPTOM_FACTS, SYMPTOMS } from '../model/symptom.ts';
import type { RawFinding } from './run.ts';

/**
 * Takes the weight from what no request reaches: findings on routes whose every request is answered before, such as
 * by a redirect that an annotation asks for. Certificates are met earlier than any answer.
 */
export function withoutUnreached(findings: readonly RawFinding[]): readonly RawFinding[] {
  const answers = findings.filter(({ isFinal, partial }) => isFinal === true && !partial);
  if (answers.length === 0) return findings;
  const answered = new Set(answers.flatMap(({ routes }) => routes));
  const stage = Math.min(...answers.map(stageOf));
  return findings.map((finding) => {
    const isUnreached = stageOf(finding) > stage && finding.routes.every((route) => answered.has(route));
    if (!isUnreached || finding.symptom === undefined) return finding;
    if (SYMPTOM_FACTS[finding.symptom].effect === 'distrusts') return finding;
    const { symptom, ...rest } = finding;
    return { ...rest, severity: 'info' };
  });
}

function stageOf({ symptom }: RawFinding): number {
  return symptom === undefined ? -1 : SYMPTOMS.indexOf(symptom);
}
