import { kubectl } from '../../kubernetes/command.ts';
import { issuerAnnotation } from '../../kubernetes/custom/cert-manager.ts';
import { coversHost, isUsable, leafOf } from '../../kubernetes/tls-secret.ts';
import type { RivalTls } from '../../model/certificate-trace.ts';
import type { Command, Confidence, Evidence, Fix, Report } from '../../model/finding.ts';
import { valueOr } from '../../model/read.ts';
import { type ObjectReference, reference } from '../../model/reference.ts';
import type { IngressTrace, TlsTrace } from '../../model/trace.ts';
import { fieldEvidence } from './evidence.ts';

/** The Secret that a `spec.tls` entry names, where the controller looks for it, whether or not it exists. */
export function secretOf({ reference: ingress }: IngressTrace, tls: TlsTrace): ObjectReference {
  return tls.secretReference ?? reference('Secret', ingress.namespace, tls.entry.secretName ?? '');
}

/** Whether the entry names a Secret that the controller reads, and that is served: no older Ingress's comes first. */
export function namesSecret({ controller }: IngressTrace, tls: TlsTrace): boolean {
  const { secretName = '' } = tls.entry;
  if (secretName === '' || controller.profile.brokenCertificate === 'no-difference') return false;
  return tls.hosts.length === 0 || !tls.hosts.every((host) => rivalFor(tls, host) !== undefined);
}

/** The older Ingress's Secret that is served for the host instead of the entry's own. */
export function rivalFor({ rivals }: TlsTrace, host: string): RivalTls | undefined {
  return rivals.find((rival) => rival.host === host);
}

/** The Ingress's field that names the Secret. */
export function nameOfSecretEvidence(
  { reference: ingress }: IngressTrace,
  { field, entry }: TlsTrace,
): Evidence {
  return fieldEvidence(ingress, `${field}.secretName`, entry.secretName);
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
  if (issuerAnnotation(trace.ingress) !== undefined) {
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
