import { kubectl } from '../../kubernetes/command.ts';
import { issuerAnnotation } from '../../kubernetes/custom/cert-manager.ts';
import { eventsWithReason } from '../../kubernetes/events.ts';
import { findCondition } from '../../kubernetes/pod.ts';
import { distrustOf, isTemporary, leafOf } from '../../kubernetes/tls-secret.ts';
import type { SecretFacts } from '../../kubernetes/types.ts';
import type { IssuanceTrace } from '../../model/certificate-trace.ts';
import type { Evidence, Report } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import type { IngressTrace, TlsTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { eventEvidence, fieldEvidence } from '../shared/evidence.ts';
import { issuanceFault } from '../shared/issuance-fault.ts';
import { nameOfSecretEvidence, namesSecret, secretOf, withoutKeyPair } from '../shared/served-certificate.ts';

export const tlsCertManagerPending = defineRule({
  code: 'GD0414',
  name: 'tls-cert-manager-pending',
  title: 'cert-manager has not issued the certificate',
  hop: 'tls',
  severity: 'high',
  confidence: 'certain',
  symptom: 'untrusted-certificate',
  explains: [
    'tls-secret-missing',
    'tls-secret-malformed',
    'tls-key-mismatch',
    'tls-expired',
    'tls-not-yet-valid',
    'tls-san-mismatch',
    'tls-secret-other-namespace',
  ],
  visits: 'tls',
  needs: ['issuance'],
  uses: ['secret'],

  *check({ now, trace, tls, secret, issuance }) {
    if (issuance === undefined || !namesSecret(trace, tls)) return;
    const report = whyNotIssued(trace, tls, issuance);
    if (report === undefined) return;
    yield {
      ...report,
      evidence: [...report.evidence, ...certificateEvidence(issuance), nameOfSecretEvidence(trace, tls)],
      ...(isStillGood(tls, secret, now)
        ? ({ severity: 'low', symptom: null } as const)
        : weigh(trace, tls, secret, issuance)),
      ...since(issuance),
    };
  },
});

function whyNotIssued(
  trace: IngressTrace,
  tls: TlsTrace,
  issuance: IssuanceTrace,
): Pick<Report, 'object' | 'message' | 'evidence' | 'fix'> | undefined {
  const secret = secretOf(trace, tls);
  const fault = issuanceFault(issuance);
  if (fault !== undefined) {
    return { ...fault, message: `${fault.message}; Secret \`${secret.name}\` waits for it` };
  }
  const asked = issuerAnnotation(trace.ingress);
  if (asked === undefined || issuance.certificate !== undefined || issuance.isInstalled === undefined) {
    return undefined;
  }
  const object = trace.reference;
  const annotation = fieldEvidence(object, `metadata.annotations[${asked.key}]`, asked.issuer);
  if (!issuance.isInstalled) {
    return {
      object,
      message: `asks cert-manager for Secret \`${secret.name}\`, and cert-manager is not installed`,
      evidence: [annotation, { object, source: 'API groups', value: 'no cert-manager.io' }],
      fix: {
        summary: 'install cert-manager, or create the Secret by other means',
        commands: [{ run: 'kubectl api-resources --api-group=cert-manager.io', effect: 'looks' }],
      },
    };
  }
  const refusals = eventsWithReason(valueOr(trace.events, []), 'BadConfig').slice(0, 1);
  return {
    object,
    message: `asks cert-manager for Secret \`${secret.name}\`, and there is no Certificate for it`,
    evidence: [annotation, ...refusals.map((event) => eventEvidence(object, event))],
    fix: {
      summary: 'see whether cert-manager runs, and what its log says about the Ingress',
      commands: [
        { run: kubectl(object.namespace, 'get', 'certificates'), effect: 'looks' },
        { run: kubectl(object.namespace, 'describe', 'ingress', object.name), effect: 'looks' },
      ],
    },
  };
}

function certificateEvidence({ certificate }: IssuanceTrace): readonly Evidence[] {
  if (certificate === undefined) return [];
  const { metadata, status } = certificate;
  const object = { kind: 'Certificate', namespace: metadata?.namespace ?? '', name: metadata?.name ?? '' };
  const ready = findCondition(status?.conditions, 'Ready');
  return [fieldEvidence(object, 'status.conditions[Ready].reason', ready?.reason ?? ready?.status)];
}

function isStillGood({ hosts }: TlsTrace, secret: SecretFacts | undefined, now: Date): boolean {
  return secret !== undefined && distrustOf(secret, hosts, now) === undefined;
}

/** What is wrong with the Secret is said by the rule about that; a temporary certificate by none. */
function weigh(
  trace: IngressTrace,
  tls: TlsTrace,
  secret: SecretFacts | undefined,
  { certificate }: IssuanceTrace,
): Pick<Report, 'symptom' | 'severity' | 'confidence'> {
  const leaf = secret === undefined ? undefined : leafOf(secret);
  if (leaf !== undefined && isTemporary(leaf)) return {};
  if (secret !== undefined) return { symptom: null };
  if (tls.secret?.ok !== false) return { symptom: null };
  // The Secret may not be read. One that was issued before may still be good; one that never was is not.
  return certificate === undefined || certificate.status?.notAfter !== undefined
    ? { symptom: null, severity: 'medium', confidence: 'suspect' }
    : { ...withoutKeyPair(trace, tls), confidence: 'likely' };
}

function since({ certificate }: IssuanceTrace): { readonly since?: string } {
  const ready = findCondition(certificate?.status?.conditions, 'Ready');
  const { lastTransitionTime } = ready ?? {};
  return lastTransitionTime === undefined ? {} : { since: lastTransitionTime };
}
