import { defineRule } from '../rule.ts';
import { MISSING_POD_CONSEQUENCES } from '../shared/pod-consequences.ts';
import { type ReadinessFailure, reportReadiness } from '../shared/readiness-report.ts';

export const podReadinessHttpStatus = defineRule({
  code: 'GD4107',
  name: 'pod-readiness-http-status',
  title: 'the readiness probe is answered with a failure',
  hop: 'pod',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: ['events'],
  uses: ['logs'],

  check: (facts) => reportReadiness(facts, 'answer', adviceFor),
});

function adviceFor({ status }: ReadinessFailure): string {
  if (status === undefined) return 'mend what the probe asks for, or correct the probe';
  if (status === 404) return 'correct the path of the probe, or let the app answer it';
  if (status === 401 || status === 403) return 'let the app answer the path of the probe without credentials';
  if (status < 500) return 'correct the request of the probe: path, host header or scheme';
  return 'mend what makes the app say that it is not ready; its log tells more';
}
