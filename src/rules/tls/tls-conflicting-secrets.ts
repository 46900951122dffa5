import { kubectl } from '../../kubernetes/command.ts';
import { distrustOf } from '../../kubernetes/tls-secret.ts';
import type { RivalTls } from '../../model/certificate-trace.ts';
import type { Report } from '../../model/finding.ts';
import { referenceTo, showReference } from '../../model/reference.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { defaultDistrust, nameOfSecretEvidence } from '../shared/served-certificate.ts';

export const tlsConflictingSecrets = defineRule({
  code: 'GD0413',
  name: 'tls-conflicting-secrets',
  title: 'an older Ingress gives the host another certificate, and that one is served',
  hop: 'tls',
  severity: 'medium',
  confidence: 'certain',
  symptom: 'untrusted-certificate',
  explains: [],
  visits: 'tls',
  needs: [],

  *check({ now, trace, tls }) {
    for (const rival of tls.rivals) {
      const { secretReference: object } = rival;
      const older = referenceTo(rival.ingress);
      const problem = problemOf(rival, now);
      yield {
        object,
        message: `\`${object.name}\` of the older ${showReference(older)} is served for \`${rival.host}\` instead of \`${tls.entry.secretName ?? ''}\`${problem === undefined ? '' : `: ${problem}`}`,
        evidence: [
          fieldEvidence(older, `spec.tls[host=${rival.host}].secretName`, object.name),
          fieldEvidence(older, 'metadata.creationTimestamp', rival.ingress.metadata?.creationTimestamp),
          fieldEvidence(
            trace.reference,
            'metadata.creationTimestamp',
            trace.ingress.metadata?.creationTimestamp,
          ),
          nameOfSecretEvidence(trace, tls),
        ],
        ...weigh(trace, rival, problem),
        fix: {
          summary: `name one Secret for \`${rival.host}\` in both Ingresses`,
          commands: [
            { run: kubectl(older.namespace, 'get', 'ingress', older.name, '-o', 'yaml'), effect: 'looks' },
            { run: kubectl(object.namespace, 'describe', 'secret', object.name), effect: 'looks' },
          ],
        },
      };
    }
  },
});

/** Why clients reject what is served; undefined where they do not, or it could not be read. */
function problemOf({ secret, host }: RivalTls, now: Date): string | undefined {
  if (!secret.ok) return undefined;
  return secret.value === undefined
    ? 'it does not exist, so that the default certificate is served'
    : distrustOf(secret.value, [host], now);
}

/** Two certificates that are both good are a risk, not a fault. */
function weigh(
  trace: IngressTrace,
  { secret }: RivalTls,
  problem: string | undefined,
): Pick<Report, 'severity' | 'symptom' | 'confidence'> {
  if (problem === undefined) return { severity: 'info', symptom: null };
  const isMissing = secret.ok && secret.value === undefined;
  return isMissing ? { confidence: defaultDistrust(trace) } : {};
}
