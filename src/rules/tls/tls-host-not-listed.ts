import { hostMatches } from '../../kubernetes/hosts.ts';
import { leafOf } from '../../kubernetes/tls-secret.ts';
import type { Ingress, SecretFacts } from '../../kubernetes/types.ts';
import type { Confidence, Report } from '../../model/finding.ts';
import type { IngressTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { patchObject } from '../shared/patch.ts';
import { isCoveredByName } from '../shared/served-certificate.ts';

export const tlsHostNotListed = defineRule({
  code: 'GD0407',
  name: 'tls-host-not-listed',
  title: 'spec.tls does not list the host',
  hop: 'tls',
  severity: 'medium',
  confidence: 'likely',
  symptom: 'untrusted-certificate',
  explains: [],
  visits: 'route',
  needs: ['allIngresses'],
  uses: ['secrets'],

  *check({ trace, ingress, route, requestedUrl, allIngresses, secrets }) {
    const { host, field } = route;
    const entries = ingress.spec?.tls ?? [];
    const { brokenCertificate, certificateByName } = trace.controller.profile;
    if (host === '' || field === '' || route.tls || entries.length === 0) return;
    if (brokenCertificate === 'no-difference' || requestedUrl?.scheme === 'http') return;
    if (certificateByName !== 'none' && isCoveredByName(trace, host)) return;
    if (allIngresses.some((other) => lists(other, host)) || wantsPlainHttp(ingress)) return;

    if (certificateByName !== 'none' && secrets === undefined) {
      yield { cannotTell: 'secrets' };
      return;
    }
    const object = trace.reference;
    const isHidden = certificateByName !== 'none' && (secrets ?? []).some(isHiddenCertificate);
    const isAsked = requestedUrl !== undefined;
    yield {
      object,
      message: `spec.tls lists no host that covers \`${host}\`: HTTPS requests to it do not get the Ingress's certificate`,
      evidence: [
        fieldEvidence(object, `${field.split('.http', 1)[0]}.host`, host),
        ...entries.map(({ hosts = [] }, index) =>
          fieldEvidence(object, `spec.tls[${index}].hosts`, hosts.join(', ')),
        ),
      ],
      ...effectOf(trace, isHidden ? 'suspect' : isAsked ? 'certain' : 'likely', isAsked),
      fix: {
        summary: `list \`${host}\` in spec.tls, with a certificate that covers it`,
        commands: [patchObject(object, [{ op: 'add', field: 'spec.tls[0].hosts[-]', value: host }])],
      },
    };
  },
});

/** Plain HTTP works as before; only who asks by HTTPS meets the default certificate, or no listener. */
function effectOf(
  { controller }: IngressTrace,
  confidence: Confidence,
  isAsked: boolean,
): Pick<Report, 'symptom' | 'confidence' | 'partial' | 'severity'> {
  const isDefault = ['default-certificate', 'unknown'].includes(controller.profile.brokenCertificate);
  return {
    symptom: isDefault ? 'untrusted-certificate' : 'tls-handshake-failure',
    confidence,
    partial: !isAsked,
    ...(confidence === 'suspect' ? { severity: 'info' } : isAsked ? { severity: 'high' } : {}),
  };
}

/** Whether an Ingress lists the host by name, so that the host gets that one's certificate. */
function lists({ spec }: Ingress, host: string): boolean {
  return (spec?.tls ?? []).some(({ hosts = [] }) =>
    hosts.some((listed) => listed.toLowerCase() === host || hostMatches(listed, host)),
  );
}

/** Whether the Ingress turns the redirect to HTTPS off: its hosts are meant for plain HTTP too. */
function wantsPlainHttp({ metadata }: Ingress): boolean {
  const annotations = metadata?.annotations ?? {};
  return Object.entries(annotations).some(
    ([key, value]) => key.endsWith('/ssl-redirect') && value === 'false',
  );
}

/** Whether the values were hidden by whoever made the file: the names are not known then, and may cover the host. */
function isHiddenCertificate(secret: SecretFacts): boolean {
  return secret.certificateProblem === undefined && leafOf(secret) === undefined;
}
