import { isRecord, type JsonRecord } from '../../kubernetes/record.ts';
import type { ReadFailureReason } from '../../model/read.ts';
import { type Kind, RESOURCES } from '../kinds.ts';
import {
  type CapturedRead,
  type FailedRead,
  type PodLog,
  SNAPSHOT_API_VERSION,
  type SnapshotInfo,
  type SnapshotReadFailure,
} from '../snapshot.ts';

/*
 * Readers of gateway-doctor's own documents, which people also write by hand:
 * what is missing or of a wrong type is left out, and fields may stand below `spec` as well.
 */

/** What a SnapshotInfo says. */
export function readSnapshotInfo(raw: JsonRecord): SnapshotInfo {
  const fields = withSpec(raw);
  const takenAt = text(fields['takenAt']);
  const serverVersion = text(fields['serverVersion']);
  const { captured } = fields;
  return {
    apiVersion: SNAPSHOT_API_VERSION,
    kind: 'SnapshotInfo',
    ...(takenAt !== undefined && { takenAt }),
    ...(serverVersion !== undefined && { serverVersion }),
    ...(fields['complete'] === true && { complete: true }),
    ...(Array.isArray(captured) && { captured: captured.flatMap(readCaptured) }),
  };
}

/** A PodLog that names its Pod and container; `undefined` for another. */
export function readPodLog(raw: JsonRecord): PodLog | undefined {
  const fields = withSpec(raw);
  const metadata = isRecord(raw['metadata']) ? raw['metadata'] : {};
  const name = text(metadata['name']);
  const container = text(fields['container']);
  if (name === undefined || container === undefined) return undefined;
  return {
    apiVersion: SNAPSHOT_API_VERSION,
    kind: 'PodLog',
    metadata: { namespace: text(metadata['namespace']) ?? 'default', name },
    container,
    ...(fields['previous'] === true && { previous: true }),
    ...(typeof fields['sinceSeconds'] === 'number' && { sinceSeconds: fields['sinceSeconds'] }),
    text: text(fields['text']) ?? '',
  };
}

/** A ReadFailure; `undefined` for one of a kind that is never read. An unknown reason becomes `failed`. */
export function readReadFailure(raw: JsonRecord): SnapshotReadFailure | undefined {
  const fields = withSpec(raw);
  const { read, reason } = fields;
  const failedRead = isRecord(read) ? readFailedRead(read) : undefined;
  if (!failedRead) return undefined;
  const what = text(fields['what']);
  const knownReason = REASONS.find((known) => known === reason) ?? 'failed';
  return {
    apiVersion: SNAPSHOT_API_VERSION,
    kind: 'ReadFailure',
    read: failedRead,
    reason: knownReason,
    message: text(fields['message']) ?? knownReason,
    ...(what !== undefined && { what }),
  };
}

/** The reason that the API server's words amount to. */
export function reasonOf(message: string): ReadFailureReason {
  if (/\bforbidden\b/i.test(message)) return 'forbidden';
  if (/\bunauthorized\b/i.test(message)) return 'unauthorized';
  if (/could not find the requested resource/i.test(message)) return 'not-served';
  if (/timed out|timeout|deadline exceeded/i.test(message)) return 'timed-out';
  return 'failed';
}

const REASONS: readonly ReadFailureReason[] = [
  'unauthorized',
  'forbidden',
  'not-served',
  'timed-out',
  'not-captured',
  'not-found',
];

function readCaptured(raw: unknown): CapturedRead[] {
  if (!isRecord(raw)) return [];
  const { verb, found } = raw;
  const kind = text(raw['kind']);
  const name = text(raw['name']);
  if (!isKindName(kind)) return [];
  const target = {
    kind,
    ...textFields(raw, ['namespace']),
    ...(Array.isArray(found) && { found: found.filter((key) => typeof key === 'string') }),
  };
  if (verb === 'get' && name !== undefined) return [{ verb, ...target, name }];
  if (verb === 'list') return [{ verb, ...target, ...textFields(raw, ['labelSelector', 'fieldSelector']) }];
  return [];
}

function readFailedRead(raw: JsonRecord): FailedRead | undefined {
  const kind = text(raw['kind']);
  const isKnown = isKindName(kind) || kind === 'PodLog' || kind === 'ServerVersion';
  // A kind that is never read is not "any kind".
  if (!isKnown && raw['kind'] !== undefined) return undefined;
  const { verb, previous } = raw;
  return {
    ...((verb === 'get' || verb === 'list' || verb === 'logs') && { verb }),
    ...(isKnown && { kind }),
    ...textFields(raw, ['namespace', 'name', 'labelSelector', 'fieldSelector', 'container']),
    ...(typeof previous === 'boolean' && { previous }),
  };
}

function withSpec(raw: JsonRecord): JsonRecord {
  return isRecord(raw['spec']) ? { ...raw['spec'], ...raw } : raw;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value.toWellFormed() : undefined;
}

function textFields<Field extends string>(
  raw: JsonRecord,
  fields: readonly Field[],
): { readonly [F in Field]?: string } {
  const result: { [F in Field]?: string } = {};
  for (const field of fields) {
    const value = text(raw[field]);
    if (value !== undefined) result[field] = value;
  }
  return result;
}

function isKindName(name: string | undefined): name is Kind {
  return name !== undefined && Object.hasOwn(RESOURCES, name);
}
