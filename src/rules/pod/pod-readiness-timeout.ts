import { defineRule } from '../rule.ts';
import { MISSING_POD_CONSEQUENCES } from '../shared/pod-consequences.ts';
import { reportReadiness } from '../shared/readiness-report.ts';

export const podReadinessTimeout = defineRule({
  code: 'GD4116',
  name: 'pod-readiness-timeout',
  title: 'the readiness probe is not answered in time',
  hop: 'pod',
  severity: 'high',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: ['events'],
  uses: ['logs'],

  check: (facts) =>
    reportReadiness(
      facts,
      'timeout',
      () =>
        'find out what keeps the app from answering, or raise timeoutSeconds of the probe (1 second by default)',
    ),
});
