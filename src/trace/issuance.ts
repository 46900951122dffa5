import {
  type Certificate,
  type IssuerReference,
  issuerAnnotation,
} from '../kubernetes/custom/cert-manager.ts';
import { secondsSince } from '../kubernetes/duration.ts';
import { distrustOf, leafOf, RENEWAL_SECONDS } from '../kubernetes/tls-secret.ts';
import type { Ingress, KubeObject, SecretFacts } from '../kubernetes/types.ts';
import type { IssuanceTrace } from '../model/certificate-trace.ts';
import { found, mapRead, type Read, valueOr } from '../model/read.ts';
import { type ObjectReference, reference } from '../model/reference.ts';
import { isPending, type Lookup } from './lookup.ts';

/**
 * Follows a Secret that is not what it should be back to the Certificate that fills it, its newest request, and what
 * that one waits for. Of a Secret that is fine nothing is read.
 */
export function traceIssuance(
  lookup: Lookup,
  ingress: Ingress,
  secret: Read<SecretFacts | undefined>,
  { namespace = '', name }: ObjectReference,
  hosts: readonly string[],
): Read<IssuanceTrace | undefined> {
  if (isPending(secret) || !isDue(ingress, secret, hosts, lookup.now)) return found(undefined);
  const groups = lookup.list('APIGroup', {});
  if (!groups.ok) return groups;
  const installed = isInstalled(groups.value);
  const certificates = lookup.listServed('Certificate', { namespace });
  return mapRead(certificates, (list) => {
    const certificate = list.find(({ spec }) => spec?.secretName === name);
    return certificate === undefined
      ? { ...installed, challenges: [] }
      : { ...installed, certificate, ...traceAttempt(lookup, namespace, certificate) };
  });
}

/** Files without a list of the API groups have those of the objects in them, which say nothing of the others. */
function isInstalled(groups: readonly KubeObject[]): Pick<IssuanceTrace, 'isInstalled'> {
  const names = groups.map(({ metadata }) => metadata?.name);
  if (names.includes('cert-manager.io')) return { isInstalled: true };
  return names.includes('apiregistration.k8s.io') ? { isInstalled: false } : {};
}

/** Whether the Secret waits to be filled or renewed, or cannot be read where cert-manager is asked to fill it. */
function isDue(
  ingress: Ingress,
  secret: Read<SecretFacts | undefined>,
  hosts: readonly string[],
  now: Date,
): boolean {
  if (!secret.ok) return issuerAnnotation(ingress) !== undefined;
  if (secret.value === undefined || distrustOf(secret.value, hosts, now) !== undefined) return true;
  const age = secondsSince(leafOf(secret.value)?.notAfter, now);
  return age !== undefined && age > -RENEWAL_SECONDS;
}

/** The newest attempt of a Certificate that is not ready, with all that it waits for. One round reads it all. */
function traceAttempt(
  lookup: Lookup,
  namespace: string,
  certificate: Certificate,
): Omit<IssuanceTrace, 'isInstalled' | 'certificate'> {
  const requests = valueOr(lookup.listServed('CertificateRequest', { namespace }), []);
  const orders = valueOr(lookup.listServed('Order', { namespace }), []);
  const challenges = valueOr(lookup.listServed('Challenge', { namespace }), []);
  const issuer = traceIssuer(lookup, namespace, certificate.spec?.issuerRef);
  const request = newest(ownedBy(requests, certificate));
  const order = request === undefined ? undefined : newest(ownedBy(orders, request));
  return {
    ...(request !== undefined && { request }),
    ...(order !== undefined && { order }),
    challenges: order === undefined ? [] : ownedBy(challenges, order),
    ...(issuer !== undefined && { issuer }),
  };
}

function traceIssuer(
  lookup: Lookup,
  namespace: string,
  issuerRef: IssuerReference = {},
): IssuanceTrace['issuer'] {
  const { name, kind = 'Issuer', group = 'cert-manager.io' } = issuerRef;
  if (name === undefined || group !== 'cert-manager.io') return undefined;
  if (kind !== 'Issuer' && kind !== 'ClusterIssuer') return undefined;
  const place = kind === 'Issuer' ? namespace : undefined;
  const read = lookup.get(kind, place, name);
  if (!read.ok) return undefined;
  return {
    reference: reference(kind, place, name),
    ...(read.value !== undefined && { object: read.value }),
  };
}

function ownedBy<T extends KubeObject>(objects: readonly T[], owner: KubeObject): readonly T[] {
  return objects.filter(({ metadata }) =>
    (metadata?.ownerReferences ?? []).some(
      ({ kind, name }) => kind === owner.kind && name === owner.metadata?.name,
    ),
  );
}

function newest<T extends KubeObject>(objects: readonly T[]): T | undefined {
  return [...objects].sort((a, b) => (createdAt(a) < createdAt(b) ? 1 : -1))[0];
}

function createdAt({ metadata }: KubeObject): string {
  return metadata?.creationTimestamp ?? '';
}
