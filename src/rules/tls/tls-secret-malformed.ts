import { malformation } from '../../kubernetes/tls-secret.ts';
import type { Evidence } from '../../model/finding.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import {
  nameOfSecretEvidence,
  namesSecret,
  renewal,
  secretOf,
  withoutKeyPair,
} from '../shared/served-certificate.ts';

export const tlsSecretMalformed = defineRule({
  code: 'GD0402',
  name: 'tls-secret-malformed',
  title: 'the TLS Secret holds no certificate with its key',
  hop: 'tls',
  severity: 'high',
  confidence: 'certain',
  symptom: 'untrusted-certificate',
  explains: [],
  visits: 'tls',
  needs: ['secret'],

  *check({ trace, tls, secret }) {
    const problem = secret === undefined ? undefined : malformation(secret);
    if (secret === undefined || problem === undefined || !namesSecret(trace, tls)) return;
    const object = secretOf(trace, tls);
    const keys: readonly Evidence[] =
      secret.keys === undefined
        ? []
        : [{ object, source: 'keys with a value', value: secret.keys.join(', ') || 'none' }];
    yield {
      object,
      message: `cannot be served: ${problem}`,
      evidence: [
        { object, source: 'data', value: problem },
        ...keys,
        fieldEvidence(object, 'type', secret.type),
        nameOfSecretEvidence(trace, tls),
      ],
      ...withoutKeyPair(trace, tls),
      fix: renewal(trace, object, `fill Secret \`${object.name}\` anew`),
    };
  },
});
