import { isCanary } from '../controllers/annotations/canary.ts';
import { grouped, type KeysOf } from '../kubernetes/grouped.ts';
import { byAge, classOf } from '../kubernetes/ingress-class.ts';
import type { Ingress, SecretFacts } from '../kubernetes/types.ts';
import type { RivalTls } from '../model/certificate-trace.ts';
import { found, mapRead, type Read, valueOr } from '../model/read.ts';
import { isSameReference, type ObjectReference, reference } from '../model/reference.ts';
import type { ControllerTrace, RouteTrace, TlsTrace } from '../model/trace.ts';
import { traceIssuance } from './issuance.ts';
import type { Lookup } from './lookup.ts';
import { coversHost } from './routes.ts';

/** Every `spec.tls` entry with its Secret and the routes that it is meant for. */
export function traceTls(
  lookup: Lookup,
  ingress: Ingress,
  routes: readonly RouteTrace[],
  controller: ControllerTrace,
  visible: Read<readonly Ingress[]>,
): readonly TlsTrace[] {
  return (ingress.spec?.tls ?? []).map((entry, index) => {
    const listed = entry.hosts ?? [];
    const covered = routes.filter(({ host }) => listed.length === 0 || coversHost(listed, host));
    const hosts = new Set([...listed.map((host) => host.toLowerCase()), ...covered.map(({ host }) => host)]);
    hosts.delete('');
    return {
      entry,
      field: `spec.tls[${index}]`,
      hosts: [...hosts],
      routes: covered.map(({ id }) => id),
      ...traceSecret(lookup, ingress, entry.secretName ?? '', [...hosts], controller, visible),
    };
  });
}

type SecretTrace = Pick<
  TlsTrace,
  'secret' | 'secretReference' | 'namesakes' | 'delegations' | 'issuance' | 'rivals'
>;

function traceSecret(
  lookup: Lookup,
  ingress: Ingress,
  name: string,
  hosts: readonly string[],
  { profile, serving, instances }: ControllerTrace,
  visible: Read<readonly Ingress[]>,
): SecretTrace {
  // Where Secrets do not matter, none is looked for.
  if (name === '' || profile.brokenCertificate === 'no-difference') {
    const none = found([]);
    return {
      ...(name !== '' && { secret: lookup.get('Secret', ingress.metadata?.namespace, name) }),
      namesakes: none,
      delegations: none,
      issuance: found(undefined),
      rivals: [],
    };
  }
  const own = ingress.metadata?.namespace ?? '';
  // Proxies may run in another namespace than what configures them.
  const [proxies] = [serving, ...valueOr(instances, [])].flatMap((instance) => instance?.proxies ?? []);
  const elsewhere = profile.secretNamespace?.(ingress, proxies?.metadata?.namespace) ?? '';
  const secretReference = reference('Secret', elsewhere === '' ? own : elsewhere, name);
  const secret = lookup.get('Secret', secretReference.namespace, name);
  const isMissing = secret.ok && secret.value === undefined;
  const servesOldest =
    profile.duplicateWinner === 'oldest' && profile.brokenCertificate === 'default-certificate';
  return {
    secret,
    secretReference,
    namesakes: isMissing ? namesakesOf(lookup, secretReference) : found([]),
    delegations:
      profile.product === 'contour' && secretReference.namespace !== own
        ? lookup.list('TLSCertificateDelegation', { namespace: secretReference.namespace ?? '' })
        : found([]),
    issuance: traceIssuance(lookup, ingress, secret, secretReference, hosts),
    rivals: servesOldest
      ? hosts.flatMap((host) => rivalOf(lookup, ingress, host, secretReference, valueOr(visible, [])) ?? [])
      : [],
  };
}

function namesakesOf(lookup: Lookup, missing: ObjectReference): Read<readonly SecretFacts[]> {
  const all = lookup.list('Secret', { fieldSelector: `metadata.name=${missing.name}` });
  return mapRead(all, (list) => list.filter(({ metadata }) => metadata?.namespace !== missing.namespace));
}

/**
 * The oldest Ingress of the class that serves the host with a certificate, where it is another one and names another
 * Secret: ingress-nginx takes the first certificate of a host and keeps it, even if its Secret is missing.
 */
function rivalOf(
  lookup: Lookup,
  ingress: Ingress,
  host: string,
  own: ObjectReference,
  visible: readonly Ingress[],
): RivalTls | undefined {
  const oldest = oldestOf(lookup, classOf(ingress), host, visible);
  if (oldest === undefined || isSame(oldest, ingress)) return undefined;
  const { secretName = '' } = entryOf(oldest, host) ?? {};
  const secretReference = reference('Secret', oldest.metadata?.namespace, secretName);
  if (secretName === '' || isSameReference(secretReference, own)) return undefined;
  return {
    ingress: oldest,
    host,
    secretReference,
    secret: lookup.get('Secret', secretReference.namespace, secretName),
  };
}

/** The oldest Ingress of a class that serves the host with a certificate. */
function oldestOf(
  lookup: Lookup,
  className: string,
  host: string,
  visible: readonly Ingress[],
): Ingress | undefined {
  return lookup.once(`oldest with TLS ${JSON.stringify([className, host])}`, () =>
    (grouped(visible, hostsWithTls).get(host) ?? [])
      .filter((other) => classOf(other) === className)
      .sort(byAge)
      .at(0),
  );
}

/** Hosts (lower case) that both a rule and an entry of `spec.tls` name. Certificates of canaries are not looked at. */
const hostsWithTls: KeysOf<Ingress> = (ingress) => {
  if (isCanary(ingress)) return [];
  const hosts = (ingress.spec?.rules ?? []).map(({ host = '' }) => host.toLowerCase());
  return [...new Set(hosts)].filter((host) => host !== '' && entryOf(ingress, host) !== undefined);
};

function entryOf({ spec }: Ingress, host: string) {
  return spec?.tls?.find(({ hosts = [] }) => hosts.some((listed) => listed.toLowerCase() === host));
}

function isSame(a: Ingress, b: Ingress): boolean {
  return a.metadata?.name === b.metadata?.name && a.metadata?.namespace === b.metadata?.namespace;
}
