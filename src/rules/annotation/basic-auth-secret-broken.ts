import { kubectl } from '../../kubernetes/command.ts';
import type { SecretFacts } from '../../kubernetes/types.ts';
import type { NamedObject } from '../../model/annotation-trace.ts';
import type { Fix } from '../../model/finding.ts';
import type { ObjectReference } from '../../model/reference.ts';
import { defineRule } from '../rule.ts';
import { annotate, annotationEvidence, nginxAnnotations } from '../shared/annotations.ts';
import { fieldEvidence } from '../shared/evidence.ts';
import { absence, applySecret, faultOf, type NamingFault } from '../shared/named-objects.ts';

export const basicAuthSecretBroken = defineRule({
  code: 'GD0526',
  name: 'basic-auth-secret-broken',
  title: 'the Secret for basic authentication is missing or has no `auth`',
  hop: 'annotation',
  severity: 'critical',
  confidence: 'certain',
  symptom: 'access-denied',
  explains: ['annotation-denied-503'],
  visits: 'ingress',
  needs: ['namedSecrets'],

  *check({ trace, namedSecrets }) {
    const nginx = nginxAnnotations(trace);
    if (nginx === undefined) return;
    const object = trace.reference;
    const type = nginx.find('auth-type');
    const secret = nginx.find('auth-secret');
    if (type === undefined) {
      if (secret === undefined) return;
      yield {
        object,
        severity: 'low',
        symptom: null,
        message: `nobody is asked for a password: \`${secret.name}\` means nothing without \`auth-type\``,
        evidence: [annotationEvidence(object, secret)],
        fix: {
          summary: 'set `auth-type` to `basic`',
          commands: [annotate(object, secret.name.replace(/auth-secret$/, 'auth-type'), 'basic')],
        },
      };
      return;
    }
    const named = namedSecrets.find(({ key }) => key === 'auth-secret');
    const trouble =
      named === undefined ? NO_SECRET : troubleWith(named, nginx.find('auth-secret-type')?.value);
    if (trouble === undefined) return;
    yield {
      object: named?.reference ?? object,
      message:
        trouble.ofObject === undefined
          ? `every path is denied: ${trouble.message}`
          : `${trouble.ofObject}, so that every path of the Ingress is denied`,
      evidence: [annotationEvidence(object, secret ?? type), ...trouble.evidence],
      fix: fixFor(object, secret?.value.split('/').at(-1) ?? 'basic-auth'),
    };
  },
});

const NO_SECRET: NamingFault = {
  message: '`auth-type` is set, but no `auth-secret`',
  evidence: [],
};

function troubleWith(
  named: NamedObject<SecretFacts>,
  secretType: string | undefined,
): NamingFault | undefined {
  const absent = absence(named, 'Secret');
  if (absent !== undefined) return absent;
  const { object, reference } = named;
  if (object?.keys === undefined || reference === undefined || secretType?.includes('auth-map'))
    return undefined;
  if (object.keys.includes('auth')) return undefined;
  const keys = object.keys.join(', ') || 'no keys';
  return faultOf(named, 'has no key `auth`', [fieldEvidence(reference, 'data', keys)]);
}

function fixFor({ namespace }: ObjectReference, name: string): Fix {
  return {
    summary: `put an htpasswd file that is named \`auth\` into Secret \`${name}\` of the Ingress's namespace`,
    commands: [
      { run: kubectl(namespace, 'get', 'secrets'), effect: 'looks' },
      applySecret(namespace, name, 'auth'),
    ],
  };
}
