import { defineRule } from '../rule.ts';
import { MISSING_POD_CONSEQUENCES } from '../shared/pod-consequences.ts';
import { reportReadiness } from '../shared/readiness-report.ts';

export const podReadinessRefused = defineRule({
  code: 'GD4115',
  name: 'pod-readiness-refused',
  title: 'the readiness probe is refused: nothing listens on its port',
  hop: 'pod',
  severity: 'critical',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: ['events'],
  uses: ['logs'],

  check: (facts) =>
    reportReadiness(
      facts,
      'refused',
      () => 'let the app listen on all addresses at the port of the probe, or correct the port of the probe',
    ),
});
