import { consequencesOf, explainFindings } from '../../src/diagnose/explain.ts';
import { mergeFindings } from '../../src/diagnose/merge.ts';
import type { RawFinding } from '../../src/diagnose/run.ts';
import type { Confidence, Severity } from '../../src/model/finding.ts';
import type { Rule } from '../../src/rules/rule.ts';

function rule(name: string, ...explains: readonly string[]): Rule {
  return {
    code: 'GD0000',
    name,
    title: name,
    hop: 'pod',
    severity: 'critical',
    confidence: 'certain',
    explains,
    visits: 'pod',
    needs: [],
    check: () => [],
  };
}

function finding(
  name: string,
  subjects: readonly string[],
  { confidence = 'certain', severity = 'critical' }: { confidence?: Confidence; severity?: Severity } = {},
): RawFinding {
  const object = { kind: 'Pod', namespace: 'shop', name: subjects[0] ?? '' };
  return {
    visit: 'pod',
    code: 'GD0000',
    rule: name,
    hop: 'pod',
    severity,
    confidence,
    partial: false,
    object,
    message: `${name} holds`,
    evidence: [{ object, field: 'spec', value: 'x' }],
    routes: ['r'],
    subjects,
    owner: 'Deployment shop/web',
  };
}

const RULES = [rule('deep', 'middle'), rule('middle', 'shallow'), rule('shallow')];

test('a cause explains what lies behind it on the path, through others too', () => {
  const deep = finding('deep', ['pod 1', 'backend']);
  const middle = finding('middle', ['pod 1', 'backend']);
  const shallow = finding('shallow', ['backend']);
  const causes = explainFindings(RULES, [shallow, middle, deep]);
  expect(causes.get(shallow)).toEqual([middle]);
  expect(causes.has(deep)).toBe(false);
  expect(consequencesOf(deep, causes)).toEqual(expect.arrayContaining([middle, shallow]));
});

test('a cause explains nothing about another subject', () => {
  const deep = finding('deep', ['pod 1', 'backend']);
  const middle = finding('middle', ['pod 2', 'backend']);
  expect(explainFindings(RULES, [deep, middle]).size).toBe(0);
});

test('a suspect hides nothing proven, and a remark nothing that takes requests down', () => {
  const middle = finding('middle', ['pod 1']);
  const suspect = finding('deep', ['pod 1'], { confidence: 'suspect' });
  const remark = finding('deep', ['pod 1'], { severity: 'info' });
  expect(explainFindings(RULES, [middle, suspect]).size).toBe(0);
  expect(explainFindings(RULES, [middle, remark]).size).toBe(0);
});

test('like findings of Pods of one workload become one that counts them', () => {
  const findings = [finding('deep', ['pod 1']), finding('deep', ['pod 2'])];
  const [merged, ...others] = mergeFindings(findings, () => 3);
  expect(others).toEqual([]);
  expect(merged?.message).toBe('2 of 3 Pods of Deployment shop/web: deep holds');
  expect(merged?.evidence).toHaveLength(2);
  expect(mergeFindings(findings, () => 2)[0]?.message).toMatch(/^all 2 Pods of /);
});

test('findings that differ stay apart', () => {
  const findings = [finding('deep', ['pod 1']), finding('deep', ['pod 2'], { confidence: 'likely' })];
  expect(mergeFindings(findings, () => 2)).toHaveLength(2);
});
