import { type Kind, type Kinds, RESOURCES } from '../cluster/kinds.ts';
import { secretFacts } from './certificate.ts';
import { isRecord, type JsonRecord } from './record.ts';
import { SHAPES } from './shape.ts';
import type { AnyShape } from './shape-of.ts';

/**
 * Cuts an object to what a diagnosis reads and to what its type promises; the one gate through which
 * objects enter, from the API server and from files alike. Never throws, whatever `raw` is.
 *
 * - Fields that `types.ts` does not name are left out (environment values, image lists, `fieldsV1` ...),
 *   and so are fields and array items of another JSON type than theirs. `null` counts as absent, as in the API.
 * - A Secret is reduced to its `SecretFacts`; one that is already reduced stays as it is.
 * - An Event in the shape of events.k8s.io/v1 becomes one of core/v1.
 */
export function reduceObject<K extends Kind>(kind: K, raw: unknown): Kinds[K] {
  const reduced = cut(SHAPES[kind], convert(kind, isRecord(raw) ? raw : {}));
  const { metadata } = isRecord(reduced) ? reduced : {};
  if (isRecord(metadata) && isRecord(metadata['annotations'])) {
    // Repeats the whole object, environment values included.
    delete metadata['annotations']['kubectl.kubernetes.io/last-applied-configuration'];
  }
  const header = { apiVersion: RESOURCES[kind].apiVersion, kind };
  // The shape holds exactly the fields of Kinds[K] with their types (see Shape). Spreading twice keeps the header first.
  return { ...header, ...(reduced as object), ...header } as Kinds[K];
}

function convert(kind: Kind, raw: JsonRecord): JsonRecord {
  if (kind === 'Secret') return secretToFacts(raw);
  if (kind === 'Event') return eventToCore(raw);
  return raw;
}

function secretToFacts(raw: JsonRecord): JsonRecord {
  const isReduced = Array.isArray(raw['keys']) && !isRecord(raw['data']) && !isRecord(raw['stringData']);
  if (!isReduced) return { metadata: raw['metadata'], type: raw['type'], ...secretFacts(raw) };
  if (!Array.isArray(raw['certificates'])) return raw;
  return { ...raw, certificates: raw['certificates'].filter(isWholeCertificate) };
}

/** CertificateFacts promises all its fields. */
function isWholeCertificate(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const texts = ['subject', 'issuer', 'notBefore', 'notAfter'].map((field) => value[field]);
  return texts.every((text) => typeof text === 'string') && Array.isArray(value['names']);
}

/** https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/ names the fields of both. */
function eventToCore(raw: JsonRecord): JsonRecord {
  if (!('regarding' in raw) && !('note' in raw)) return raw;
  return {
    ...raw,
    involvedObject: raw['regarding'] ?? raw['involvedObject'],
    message: raw['note'] ?? raw['message'],
    count: raw['deprecatedCount'] ?? raw['count'],
    firstTimestamp: raw['deprecatedFirstTimestamp'] ?? raw['firstTimestamp'],
    lastTimestamp: raw['deprecatedLastTimestamp'] ?? raw['lastTimestamp'],
    source: raw['deprecatedSource'] ?? raw['source'],
    reportingComponent: raw['reportingController'] ?? raw['reportingComponent'],
  };
}

/** The value cut to its shape; `undefined` where it has another JSON type. Runs for every field of every object. */
function cut(shape: AnyShape, value: unknown): unknown {
  if (typeof shape === 'string') return cutLeaf(shape, value);
  if (isList(shape)) return Array.isArray(value) ? cutItems(shape[0], value) : undefined;
  if (!isRecord(value)) return undefined;
  const ofEach = shape['*'];
  if (ofEach !== undefined) return cutMap(value, (item) => cut(ofEach, item));
  const result: JsonRecord = {};
  for (const field in shape) {
    const fieldShape = shape[field];
    const item = value[field];
    if (fieldShape === undefined || item === undefined || item === null) continue;
    const kept = cut(fieldShape, item);
    if (kept !== undefined) result[field] = kept;
  }
  return result;
}

function cutItems(shape: AnyShape, items: readonly unknown[]): unknown[] {
  const result: unknown[] = [];
  for (const item of items) {
    const kept = cut(shape, item);
    if (kept !== undefined) result.push(kept);
  }
  return result;
}

function cutLeaf(shape: Extract<AnyShape, string>, value: unknown): unknown {
  switch (shape) {
    case 'string':
      return typeof value === 'string' ? value.toWellFormed() : undefined;
    case 'number':
      return Number.isFinite(value) ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'number or string':
      return cutLeaf('number', value) ?? cutLeaf('string', value);
    case 'strings':
      return isRecord(value) ? cutMap(value, (item) => cutLeaf('string', item)) : undefined;
    case 'quantities':
      return isRecord(value) ? cutMap(value, quantity) : undefined;
    case 'present':
      return isRecord(value) ? {} : undefined;
  }
}

/** The API server takes `cpu: 1` for `cpu: "1"`. */
function quantity(value: unknown): unknown {
  return Number.isFinite(value) ? String(value) : cutLeaf('string', value);
}

function cutMap(map: JsonRecord, cutItem: (value: unknown) => unknown): JsonRecord {
  const entries = Object.entries(map).map(([key, value]) => [key.toWellFormed(), cutItem(value)] as const);
  return Object.fromEntries(entries.filter(([key, value]) => value !== undefined && key !== '__proto__'));
}

function isList(shape: AnyShape): shape is readonly [AnyShape] {
  return Array.isArray(shape);
}
