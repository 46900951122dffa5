import { secondsSince, showDuration } from '../../kubernetes/duration.ts';
import { leafOf, RENEWAL_SECONDS } from '../../kubernetes/tls-secret.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { nameOfSecretEvidence, namesSecret, renewal, secretOf } from '../shared/served-certificate.ts';

export const tlsExpired = defineRule({
  code: 'GD0404',
  name: 'tls-expired',
  title: 'the certificate has expired, or is about to',
  hop: 'tls',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'untrusted-certificate',
  explains: [],
  visits: 'tls',
  needs: ['secret'],

  *check({ now, trace, tls, secret }) {
    const leaf = secret === undefined ? undefined : leafOf(secret);
    const age = secondsSince(leaf?.notAfter, now);
    if (leaf === undefined || age === undefined || age < -RENEWAL_SECONDS || !namesSecret(trace, tls)) return;
    const object = secretOf(trace, tls);
    const hasExpired = age > 0;
    yield {
      object,
      message: hasExpired
        ? 'its certificate has expired'
        : `its certificate expires in ${showDuration(-age)}, and nothing has renewed it`,
      evidence: [
        fieldEvidence(object, 'tls.crt notAfter', leaf.notAfter),
        fieldEvidence(object, 'tls.crt issuer', leaf.issuer),
        nameOfSecretEvidence(trace, tls),
      ],
      ...(hasExpired ? { since: leaf.notAfter } : ({ severity: 'low', symptom: null } as const)),
      fix: renewal(trace, object, `renew the certificate in Secret \`${object.name}\``),
    };
  },
});
