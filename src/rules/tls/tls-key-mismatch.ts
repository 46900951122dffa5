import { coversHost, leafOf, malformation } from '../../kubernetes/tls-secret.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import {
  nameOfSecretEvidence,
  namesSecret,
  renewal,
  secretOf,
  withoutKeyPair,
} from '../shared/served-certificate.ts';

export const tlsKeyMismatch = defineRule({
  code: 'GD0403',
  name: 'tls-key-mismatch',
  title: 'the private key does not belong to the certificate',
  hop: 'tls',
  severity: 'high',
  confidence: 'certain',
  symptom: 'untrusted-certificate',
  explains: [],
  visits: 'tls',
  needs: ['secret'],

  *check({ trace, tls, secret }) {
    if (secret?.keyMatches !== false || malformation(secret) !== undefined) return;
    if (!namesSecret(trace, tls)) return;
    const object = secretOf(trace, tls);
    const leaf = leafOf(secret);
    // A chain that begins with the intermediate certificate looks the same.
    const meant = (secret.certificates ?? [])
      .slice(1)
      .find((certificate) => tls.hosts.some((host) => coversHost(certificate, host)));
    yield {
      object,
      message:
        meant === undefined
          ? '`tls.key` does not belong to the certificate in `tls.crt`'
          : '`tls.key` does not belong to the first certificate in `tls.crt`, and a later one is for the host: the order is wrong',
      evidence: [
        { object, source: 'public keys of tls.crt and tls.key', value: 'differ' },
        ...(leaf === undefined ? [] : [fieldEvidence(object, 'tls.crt subject', leaf.subject)]),
        nameOfSecretEvidence(trace, tls),
      ],
      ...withoutKeyPair(trace, tls),
      fix: renewal(
        trace,
        object,
        `fill Secret \`${object.name}\` anew, the certificate of the host first, then its issuers, with the key of the first`,
      ),
    };
  },
});
