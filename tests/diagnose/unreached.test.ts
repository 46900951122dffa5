import type { RawFinding } from '../../src/diagnose/run.ts';
import { withoutUnreached } from '../../src/diagnose/unreached.ts';
import type { Symptom } from '../../src/model/symptom.ts';

const object = { kind: 'Ingress', namespace: 'shop', name: 'web' };

function finding(symptom: Symptom, more: Partial<RawFinding> = {}): RawFinding {
  return {
    code: 'GD0000',
    rule: symptom,
    hop: 'ingress-rule',
    severity: 'high',
    confidence: 'certain',
    symptom,
    partial: false,
    object,
    message: 'm',
    evidence: [{ object, field: 'f', value: 'v' }],
    routes: ['a/'],
    visit: 'route',
    subjects: ['route a/'],
    ...more,
  };
}

const FINAL = finding('redirected', { isFinal: true });

function weightOf(other: RawFinding, answer = FINAL): Symptom | undefined {
  return withoutUnreached([answer, other])[1]?.symptom;
}

test('what comes after a final answer has no weight', () => {
  expect(weightOf(finding('no-endpoints'))).toBeUndefined();
  expect(withoutUnreached([FINAL, finding('no-endpoints')])[1]?.severity).toBe('info');
});

test.each([
  ['comes before it', finding('tls-handshake-failure'), FINAL],
  ['is about certificates', finding('untrusted-certificate'), FINAL],
  ['has other routes too', finding('no-endpoints', { routes: ['a/', 'b/'] }), FINAL],
  ['is behind an answer that some get', finding('no-endpoints'), { ...FINAL, partial: true }],
  ['is behind an answer that leads on', finding('no-endpoints'), finding('redirected')],
])('what %s keeps its weight', (_, other, answer) => {
  expect(weightOf(other, answer)).toBe(other.symptom);
});
