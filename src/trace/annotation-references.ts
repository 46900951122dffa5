import type { Kinds } from '../cluster/kinds.ts';
import { annotationPolicy } from '../controllers/annotations/nginx-policy.ts';
import { annotation, findAnnotation, type SetAnnotation } from '../controllers/annotations/read.ts';
import { clusterServiceOf } from '../kubernetes/external-name.ts';
import type { Ingress } from '../kubernetes/types.ts';
import type { AnnotationTrace, NamedObject, NamedServiceObject } from '../model/annotation-trace.ts';
import { found, mapRead, type Read } from '../model/read.ts';
import { reference } from '../model/reference.ts';
import type { ControllerTrace } from '../model/trace.ts';
import type { Lookup } from './lookup.ts';

/** An annotation that names an object, and whether it has to name the namespace, too. */
interface Naming {
  readonly key: string;
  readonly isQualified: boolean;
  /** Whether it may name any namespace, whatever the installation allows others. */
  readonly isAnywhere?: true;
  /** Another annotation without which it means nothing. */
  readonly onlyWith?: string;
}

const SECRETS: readonly Naming[] = [
  { key: 'auth-secret', isQualified: false, onlyWith: 'auth-type' },
  { key: 'auth-tls-secret', isQualified: true },
  { key: 'proxy-ssl-secret', isQualified: true },
];

const CONFIG_MAPS: readonly Naming[] = [
  { key: 'custom-headers', isQualified: true, isAnywhere: true },
  { key: 'auth-proxy-set-headers', isQualified: true, onlyWith: 'auth-url' },
  { key: 'fastcgi-params-configmap', isQualified: false },
];

const NOTHING: AnnotationTrace = { secrets: found([]), configMaps: found([]), services: found([]) };

/**
 * Reads the Secrets, ConfigMaps and Services that annotations of the Ingress name. Known for ingress-nginx, whose
 * rules about namespaces the serving installation tells.
 */
export function traceAnnotations(
  lookup: Lookup,
  ingress: Ingress,
  { profile, serving }: ControllerTrace,
): AnnotationTrace {
  if (profile.product !== 'ingress-nginx') return NOTHING;
  const settings = serving?.settings ?? new Map<string, string>();
  const isAnywhere = serving === undefined || annotationPolicy(serving).allowsOtherNamespaces.value;
  const scope = { namespace: ingress.metadata?.namespace ?? '', isAnywhere };
  const find = (key: string) => findAnnotation(ingress, 'ingress-nginx', key, settings);
  const namedBy = (namings: readonly Naming[]) =>
    namings.flatMap(({ onlyWith, ...naming }) => {
      const set = find(naming.key);
      const counts = onlyWith === undefined || find(onlyWith) !== undefined;
      return set !== undefined && counts ? [{ set, naming }] : [];
    });

  const services = [
    find('auth-url'),
    ...(annotation(ingress, 'ingress-nginx', 'custom-http-errors', settings) === undefined
      ? []
      : [find('default-backend')]),
  ];
  return {
    secrets: readAll(namedBy(SECRETS).map((named) => readNamed(lookup, 'Secret', named, scope))),
    configMaps: readAll(namedBy(CONFIG_MAPS).map((named) => readNamed(lookup, 'ConfigMap', named, scope))),
    services: readAll(
      services.flatMap((set) => (set === undefined ? [] : (readService(lookup, set, scope.namespace) ?? []))),
    ),
  };
}

interface Scope {
  readonly namespace: string;
  readonly isAnywhere: boolean;
}

function readNamed<K extends 'Secret' | 'ConfigMap'>(
  lookup: Lookup,
  kind: K,
  { set, naming }: { readonly set: SetAnnotation; readonly naming: Naming },
  scope: Scope,
): Read<NamedObject<Kinds[K]>> {
  const named = { annotation: set.name, key: set.key, value: set.value };
  const parts = set.value.split('/');
  const [namespace = '', name = ''] = parts.length === 1 ? ['', set.value] : parts;
  const isName = parts.length <= 2 && name !== '' && (!naming.isQualified || namespace !== '');
  if (!isName) return found({ ...named, refused: 'not-a-name', object: undefined });
  const where = namespace === '' ? scope.namespace : namespace;
  if (where !== scope.namespace && !scope.isAnywhere && naming.isAnywhere !== true) {
    return found({ ...named, refused: 'other-namespace', object: undefined });
  }
  return mapRead(lookup.get(kind, where, name), (object) => ({
    ...named,
    reference: reference(kind, where, name),
    object,
  }));
}

/** The Service of this cluster that a URL or a plain name means; undefined for what is outside, or held by variables. */
function readService(
  lookup: Lookup,
  set: SetAnnotation,
  namespace: string,
): Read<NamedServiceObject> | undefined {
  const target = set.key === 'auth-url' ? serviceOfUrl(set.value) : { namespace, name: set.value };
  if (target === undefined) return undefined;
  const service = lookup.get('Service', target.namespace, target.name);
  const slices = lookup.list('EndpointSlice', {
    namespace: target.namespace,
    labelSelector: `kubernetes.io/service-name in (${target.name})`,
  });
  if (!slices.ok) return slices;
  return mapRead(service, (object) => ({
    annotation: set.name,
    key: set.key,
    value: set.value,
    reference: reference('Service', target.namespace, target.name),
    ...('port' in target && { port: target.port }),
    object,
    slices: slices.value,
  }));
}

function serviceOfUrl(
  text: string,
): { readonly namespace: string; readonly name: string; readonly port: number } | undefined {
  const [, scheme, host, port] = /^(https?):\/\/([a-z0-9.-]+)(?::(\d+))?(?:[/?#]|$)/i.exec(text) ?? [];
  const target = clusterServiceOf(host);
  if (scheme === undefined || target === undefined) return undefined;
  const usual = scheme.toLowerCase() === 'https' ? 443 : 80;
  return { ...target, port: port === undefined ? usual : Number(port) };
}

/** All of them, or the first failure. */
function readAll<T>(reads: readonly Read<T>[]): Read<readonly T[]> {
  const values: T[] = [];
  for (const read of reads) {
    if (!read.ok) return read;
    values.push(read.value);
  }
  return found(values);
}
