import { kubectl } from '../../kubernetes/command.ts';
import { hostMatches } from '../../kubernetes/hosts.ts';
import type { CertificateFacts, Ingress, SecretFacts } from '../../kubernetes/types.ts';
import type { Command, Confidence, Evidence, Fix, Report } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { type ObjectReference, reference } from '../../model/reference.ts';
import type { IngressTrace, TlsTrace } from '../../model/trace.ts';
import { fieldEvidence } from './evidence.ts';

/** The Secret that a `spec.tls` entry names, whether or not it exists. */
export function secretOf({ reference: ingress }: IngressTrace, { entry }: TlsTrace): ObjectReference {
  return reference('Secret', ingress.namespace, entry.secretName ?? '');
}

/** Whether the entry names a Secret that the controller reads at all. */
export function namesSecret({ controller }: IngressTrace, { entry }: TlsTrace): boolean {
  if (entry.secretName === undefined || entry.secretName === '') return false;
  return controller.profile.brokenCertificate !== 'no-difference';
}

/** The Ingress's field that names the Secret. */
export function nameOfSecretEvidence(
  { reference: ingress }: IngressTrace,
  { field, entry }: TlsTrace,
): Evidence {
  return fieldEvidence(ingress, `${field}.secretName`, entry.secretName);
}

/** Why the Secret gives no key pair; undefined where it does, or where its values were hidden. */
export function malformation({
  keys,
  certificateProblem,
  keyProblem,
  certificates,
}: SecretFacts): string | undefined {
  if (certificateProblem !== undefined) return certificateProblem;
  if (keyProblem !== undefined) return keyProblem;
  if (keys === undefined) return undefined;
  if (!keys.includes('tls.crt') && certificates === undefined) return '`tls.crt` is missing';
  return keys.includes('tls.key') ? undefined : '`tls.key` is missing';
}

/** Whether the Secret holds a key pair that a controller can serve, as far as its values are known. */
function isUsable(secret: SecretFacts): boolean {
  return malformation(secret) === undefined && secret.keyMatches !== false;
}

/** The first certificate of the Secret, which is the one that clients are shown. */
export function leafOf({ certificates }: SecretFacts): CertificateFacts | undefined {
  return certificates?.[0];
}

/** Whether the certificate's names cover the host: the same name or address, or a wildcard for one label. */
export function coversHost({ names }: CertificateFacts, host: string): boolean {
  return names.some((name) => name !== '' && hostMatches(name, host));
}

/** Whether a usable Secret of some entry of the Ingress covers the host. */
export function isCoveredByName({ tls }: IngressTrace, host: string): boolean {
  return tls.some(({ secret }) => {
    const facts = secret === undefined ? undefined : valueOr(secret, undefined);
    const leaf = facts === undefined ? undefined : leafOf(facts);
    return facts !== undefined && leaf !== undefined && isUsable(facts) && coversHost(leaf, host);
  });
}

/** What requests run into where the controller cannot serve the entry's Secret. */
export function withoutKeyPair(
  trace: IngressTrace,
  { hosts }: TlsTrace,
): Pick<Report, 'symptom' | 'confidence' | 'severity'> {
  const { profile } = trace.controller;
  switch (profile.brokenCertificate) {
    case 'handshake-failure':
      return { symptom: 'tls-handshake-failure', confidence: 'certain' };
    case 'no-https':
      return { symptom: 'tls-handshake-failure', confidence: 'likely' };
    case 'default-certificate': {
      const isRescued =
        profile.certificateByName === 'all' &&
        hosts.length > 0 &&
        hosts.every((host) => isCoveredByName(trace, host));
      if (isRescued) return { symptom: null, severity: 'low' };
      return { symptom: 'untrusted-certificate', confidence: defaultDistrust(trace) };
    }
    default:
      return { symptom: 'untrusted-certificate', confidence: 'likely' };
  }
}

/** How sure it is that clients reject what is served by default: an installation may have a certificate of its own for that. */
export function defaultDistrust({ controller }: IngressTrace): Confidence {
  const hasOwn = controller.serving?.settings.has('default-ssl-certificate') === true;
  // Traefik takes its default certificate from objects that are not read.
  return hasOwn || controller.profile.certificateByName === 'all' ? 'likely' : 'certain';
}

/** How to put a right certificate into the Secret: through cert-manager where the Ingress asks for that. */
export function renewal(trace: IngressTrace, secret: ObjectReference, summary: string): Fix {
  const { namespace, name } = secret;
  if (isIssued(trace.ingress)) {
    return {
      summary: `${summary}; cert-manager is to issue it: see why it has not`,
      commands: [
        {
          run: kubectl(namespace, 'describe', 'certificates,certificaterequests,orders,challenges'),
          effect: 'looks',
        },
      ],
    };
  }
  return {
    summary: `${summary}, from its files tls.crt and tls.key`,
    commands: [showSecret(secret), writeSecret(namespace, name)],
  };
}

/** Shows the Secret's keys and type, not its values. */
export function showSecret({ namespace, name }: ObjectReference): Command {
  return { run: kubectl(namespace, 'describe', 'secret', name), effect: 'looks' };
}

function writeSecret(namespace: string | undefined, name: string): Command {
  const words = ['create', 'secret', 'tls', name, '--cert=tls.crt', '--key=tls.key'];
  const made = kubectl(namespace, ...words, '--dry-run=client', '-o', 'yaml');
  return { run: `${made} | kubectl apply -f -`, effect: 'changes' };
}

/** Whether cert-manager looks after the Ingress's certificates. */
function isIssued({ metadata }: Ingress): boolean {
  const annotations = Object.keys(metadata?.annotations ?? {});
  return annotations.some((key) => /^cert-manager\.io\/(?:cluster-)?issuer$/.test(key));
}
