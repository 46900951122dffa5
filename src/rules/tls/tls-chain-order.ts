import { isOn } from '../../controllers/settings.ts';
import { type ChainFault, chainFault } from '../../kubernetes/certificate-chain.ts';
import { isUsable, leafOf } from '../../kubernetes/tls-secret.ts';
import type { Report } from '../../model/finding.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { nameOfSecretEvidence, namesSecret, renewal, secretOf } from '../shared/served-certificate.ts';

export const tlsChainOrder = defineRule({
  code: 'GD0410',
  name: 'tls-chain-order',
  title: 'intermediate certificates are missing, or out of order',
  hop: 'tls',
  severity: 'medium',
  confidence: 'likely',
  symptom: 'untrusted-certificate',
  explains: [],
  visits: 'tls',
  needs: ['secret'],

  *check({ trace, tls, secret }) {
    const leaf = secret === undefined ? undefined : leafOf(secret);
    if (secret === undefined || leaf === undefined || !isUsable(secret) || !namesSecret(trace, tls)) return;
    const fault = chainFault(secret.certificates ?? []);
    const { serving } = trace.controller;
    // ingress-nginx can be told to fetch what is missing.
    const completes = serving !== undefined && isOn(serving.settings, 'enable-ssl-chain-completion');
    if (fault === undefined || completes) return;
    const object = secretOf(trace, tls);
    const held = (secret.certificates ?? []).map(({ subject }) => subject).join(' | ');
    yield {
      object,
      message:
        fault.kind === 'wrong order'
          ? 'its certificates are not each followed by the one that signed it'
          : `the certificate that signed its own (\`${leaf.issuer}\`) is not in \`tls.crt\`: clients that do not know it refuse`,
      evidence: [
        fieldEvidence(object, 'tls.crt issuer', leaf.issuer),
        fieldEvidence(object, 'tls.crt subjects', held),
        nameOfSecretEvidence(trace, tls),
      ],
      ...weigh(fault),
      fix: renewal(
        trace,
        object,
        'fill the Secret with the whole chain: the certificate of the host first, then each issuer but the root',
      ),
    };
  },
});

/** Browsers fetch or remember intermediates and most clients bear a wrong order: only some requests fail. */
function weigh(fault: ChainFault): Pick<Report, 'severity' | 'symptom' | 'partial'> {
  if (fault.kind === 'issuer missing' && fault.isPublic) return { partial: true };
  return { severity: 'low', symptom: null };
}
