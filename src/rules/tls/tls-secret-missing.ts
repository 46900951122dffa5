import { defineRule } from '../rule.ts';
import {
  nameOfSecretEvidence,
  namesSecret,
  renewal,
  secretOf,
  withoutKeyPair,
} from '../shared/served-certificate.ts';

export const tlsSecretMissing = defineRule({
  code: 'GD0401',
  name: 'tls-secret-missing',
  title: 'the TLS Secret does not exist',
  hop: 'tls',
  severity: 'high',
  confidence: 'certain',
  symptom: 'untrusted-certificate',
  explains: [],
  visits: 'tls',
  needs: ['secret'],

  *check({ trace, tls, secret }) {
    if (secret !== undefined || !namesSecret(trace, tls)) return;
    const object = secretOf(trace, tls);
    yield {
      object,
      message: `does not exist in namespace \`${object.namespace ?? ''}\``,
      evidence: [{ object, source: 'API server', value: 'not found' }, nameOfSecretEvidence(trace, tls)],
      ...withoutKeyPair(trace, tls),
      fix: renewal(trace, object, `create Secret \`${object.name}\`, or name one that exists`),
    };
  },
});
