import { secondsSince, showDuration } from '../../kubernetes/duration.ts';
import { leafOf } from '../../kubernetes/tls-secret.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { nameOfSecretEvidence, namesSecret, renewal, secretOf } from '../shared/served-certificate.ts';

export const tlsNotYetValid = defineRule({
  code: 'GD0405',
  name: 'tls-not-yet-valid',
  title: 'the certificate is not valid yet',
  hop: 'tls',
  severity: 'high',
  confidence: 'certain',
  symptom: 'untrusted-certificate',
  explains: [],
  visits: 'tls',
  needs: ['secret'],

  *check({ now, trace, tls, secret }) {
    const leaf = secret === undefined ? undefined : leafOf(secret);
    const age = secondsSince(leaf?.notBefore, now);
    if (leaf === undefined || age === undefined || age >= 0 || !namesSecret(trace, tls)) return;
    const object = secretOf(trace, tls);
    yield {
      object,
      message: `its certificate becomes valid in ${showDuration(-age)}`,
      evidence: [
        fieldEvidence(object, 'tls.crt notBefore', leaf.notBefore),
        fieldEvidence(object, 'tls.crt issuer', leaf.issuer),
        nameOfSecretEvidence(trace, tls),
      ],
      fix: renewal(
        trace,
        object,
        `put a certificate that is valid now into Secret \`${object.name}\`, and see whether the issuer's clock is right`,
      ),
    };
  },
});
