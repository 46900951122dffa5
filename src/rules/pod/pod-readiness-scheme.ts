import { defineRule } from '../rule.ts';
import { MISSING_POD_CONSEQUENCES } from '../shared/pod-consequences.ts';
import { reportReadiness } from '../shared/readiness-report.ts';

export const podReadinessScheme = defineRule({
  code: 'GD4117',
  name: 'pod-readiness-scheme',
  title: 'the readiness probe speaks HTTP to a TLS port, or TLS to an HTTP port',
  hop: 'pod',
  severity: 'high',
  confidence: 'certain',
  explains: MISSING_POD_CONSEQUENCES,
  visits: 'pod',
  needs: ['events'],
  uses: ['logs'],

  check: (facts) =>
    reportReadiness(facts, 'scheme', () => 'set httpGet.scheme of the probe to what the port speaks'),
});
