import { kubectl } from '../../kubernetes/command.ts';
import type { TlsCertificateDelegation } from '../../kubernetes/custom/contour.ts';
import { coversHost, isUsable, leafOf } from '../../kubernetes/tls-secret.ts';
import type { SecretFacts } from '../../kubernetes/types.ts';
import type { Confidence } from '../../model/finding.ts';
import { referenceTo } from '../../model/reference.ts';
import type { TlsTrace } from '../../model/trace.ts';
import { defineRule } from '../rule.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { nameOfSecretEvidence, namesSecret, secretOf } from '../shared/served-certificate.ts';

export const tlsSecretOtherNamespace = defineRule({
  code: 'GD0412',
  name: 'tls-secret-other-namespace',
  title: 'the TLS Secret is in a namespace where the controller may not take it from',
  hop: 'tls',
  severity: 'high',
  confidence: 'certain',
  symptom: 'tls-handshake-failure',
  explains: ['tls-secret-missing'],
  visits: 'tls',
  needs: ['secret'],
  uses: ['namesakes', 'delegations'],

  *check({ trace, tls, secret, namesakes, delegations }) {
    if (!namesSecret(trace, tls)) return;
    const object = secretOf(trace, tls);
    const own = trace.reference.namespace ?? '';
    if (secret === undefined) {
      const [first, ...others] = (namesakes ?? []).filter((candidate) => isMeant(candidate, tls));
      if (first === undefined) return;
      const places = [first, ...others].map(({ metadata }) => `\`${metadata?.namespace ?? ''}\``);
      const from = first.metadata?.namespace ?? '';
      const to = object.namespace ?? '';
      yield {
        object,
        message: `exists in namespace ${places.slice(0, 3).join(', ')}, but the controller looks for it in \`${to}\``,
        evidence: [
          { object, source: 'API server', value: 'not found' },
          fieldEvidence(referenceTo(first), 'metadata.namespace', from),
          nameOfSecretEvidence(trace, tls),
        ],
        // It is missing all the same: what that leads to is said there.
        symptom: null,
        confidence: confidenceIn(first, tls),
        fix: {
          summary: `copy the Secret into namespace \`${to}\`${to === own ? ', where the Ingress is' : ", where the controller's gateway is"}, or have it issued there`,
          commands: [
            {
              run: kubectl(
                undefined,
                'get',
                'secrets',
                '-A',
                `--field-selector=metadata.name=${object.name}`,
              ),
              effect: 'looks',
            },
          ],
        },
      };
      return;
    }
    // Only Contour takes Secrets of other namespaces, and only delegated ones.
    if (trace.controller.profile.product !== 'contour' || object.namespace === own) return;
    if (delegations === undefined) return yield { cannotTell: 'delegations' };
    if (delegations.some((delegation) => permits(delegation, object.name, own))) return;
    yield {
      object,
      message: `no TLSCertificateDelegation lets namespace \`${own}\` use it`,
      evidence: [
        {
          object,
          source: 'TLSCertificateDelegations of its namespace',
          value: `${delegations.length}, none for it`,
        },
        nameOfSecretEvidence(trace, tls),
      ],
      fix: {
        summary: `delegate the Secret to namespace \`${own}\` by a TLSCertificateDelegation beside it`,
        commands: [
          {
            run: kubectl(object.namespace, 'get', 'tlscertificatedelegations', '-o', 'yaml'),
            effect: 'looks',
          },
        ],
      },
    };
  },
});

/** A namesake is meant where it could be served and, as far as its names are known, is for one of the hosts. */
function isMeant(secret: SecretFacts, { hosts }: TlsTrace): boolean {
  if (!isUsable(secret)) return false;
  const leaf = leafOf(secret);
  return leaf === undefined || hosts.length === 0 || hosts.some((host) => coversHost(leaf, host));
}

function confidenceIn(secret: SecretFacts, { hosts }: TlsTrace): Confidence {
  return leafOf(secret) === undefined || hosts.length === 0 ? 'likely' : 'certain';
}

function permits({ spec }: TlsCertificateDelegation, secret: string, namespace: string): boolean {
  return (spec?.delegations ?? []).some(
    ({ secretName, targetNamespaces = [] }) =>
      secretName === secret && targetNamespaces.some((target) => target === '*' || target === namespace),
  );
}
