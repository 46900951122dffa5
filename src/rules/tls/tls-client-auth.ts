import { kubectl } from '../../kubernetes/command.ts';
import type { SecretFacts } from '../../kubernetes/types.ts';
import type { NamedObject } from '../../model/annotation-trace.ts';
import { showReference } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { annotate, annotationEvidence, nginxAnnotations } from '../shared/annotations.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { absence, applySecret, faultOf, type NamingFault } from '../shared/named-objects.ts';

export const tlsClientAuth = defineRule({
  code: 'GD0440',
  name: 'tls-client-auth',
  title: 'clients are refused for want of a certificate, or of the authority that checks it',
  hop: 'tls',
  severity: 'critical',
  confidence: 'certain',
  // With a broken Secret the server block of the host refuses whoever comes.
  symptom: 'forbidden',
  explains: ['annotation-denied-503'],
  visits: 'ingress',
  needs: ['namedSecrets'],

  *check({ trace, namedSecrets }) {
    const nginx = nginxAnnotations(trace);
    const set = nginx?.find('auth-tls-secret');
    const named = namedSecrets.find(({ key }) => key === 'auth-tls-secret');
    if (nginx === undefined || set === undefined || named === undefined) return;
    const object = trace.reference;
    const { namespace } = object;
    const get = { run: kubectl(namespace, 'get', 'secrets'), effect: 'looks' } as const;
    const absent = absence(named, 'Secret') ?? withoutAuthority(named);
    if (absent !== undefined) {
      yield {
        object: named.reference ?? object,
        message:
          absent.ofObject === undefined
            ? `every request to its hosts is refused: ${absent.message}`
            : `${absent.ofObject}, so that every request to the hosts of the Ingress is refused`,
        evidence: [annotationEvidence(object, set), ...absent.evidence],
        fix: {
          summary: `have a Secret with the authority's certificate as \`ca.crt\`, and \`${set.name}\` name it with its namespace`,
          commands: [get, applySecret(namespace, set.value.split('/').at(-1) ?? set.value, 'ca.crt')],
        },
      };
      return;
    }
    const keys = named.object?.keys;
    if (keys === undefined || named.reference === undefined) return;
    if (keys.includes('ca.crt')) {
      const verify = nginx.find('auth-tls-verify-client');
      // Any other word than these means `on`.
      if (/off|optional/.test(verify?.value ?? '')) return;
      yield {
        object,
        severity: 'info',
        confidence: 'suspect',
        symptom: 'client-certificate-refused',
        message: `clients have to show a certificate that ${showReference(named.reference)} vouches for: others get 400`,
        evidence: [
          annotationEvidence(object, set),
          ...(verify === undefined ? [] : [annotationEvidence(object, verify)]),
        ],
        fix: {
          summary: 'give the client a certificate, or ask for one without insisting on it',
          commands: [annotate(object, set.name.replace(/secret$/, 'verify-client'), 'optional')],
        },
      };
      return;
    }
    yield {
      object: named.reference,
      severity: 'low',
      symptom: null,
      message: 'clients are not asked for a certificate: it has a key pair, but no `ca.crt`',
      evidence: [annotationEvidence(object, set), fieldEvidence(named.reference, 'data', keys.join(', '))],
      fix: {
        summary: "add the authority's certificate to the Secret as `ca.crt`",
        commands: [get],
      },
    };
  },
});

function withoutAuthority(named: NamedObject<SecretFacts>): NamingFault | undefined {
  const { object, reference } = named;
  const keys = object?.keys;
  if (keys === undefined || reference === undefined) return undefined;
  if (keys.includes('ca.crt') || (keys.includes('tls.crt') && keys.includes('tls.key'))) return undefined;
  return faultOf(named, 'has no `ca.crt`', [fieldEvidence(reference, 'data', keys.join(', ') || 'no keys')]);
}
