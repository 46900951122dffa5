import { parseFieldSelector, parseLabelSelector } from '../kubernetes/selector.ts';
import type { KubeObject } from '../kubernetes/types.ts';
import type { ReadFailureReason } from '../model/read.ts';
import type { GetQuery, ListQuery, Query } from './cluster.ts';
import type { Kind } from './kinds.ts';

/** apiVersion of gateway-doctor's own documents in a snapshot file. */
export const SNAPSHOT_API_VERSION = 'gateway-doctor/v1';

/** What is known of the file as a whole. */
export interface SnapshotInfo {
  readonly apiVersion: typeof SNAPSHOT_API_VERSION;
  readonly kind: 'SnapshotInfo';
  /** RFC 3339; the moment that the file stands for. */
  readonly takenAt?: string;
  readonly serverVersion?: string;
  /** The file holds all that there is: what is not in it does not exist. */
  readonly complete?: boolean;
  /**
   * The reads that the file answers, as a recording writes them. Of the kinds that they name nothing else is known:
   * a read that none of them covers was not captured.
   */
  readonly captured?: readonly CapturedRead[];
}

/**
 * A read that was answered. The answer is made of the file's objects; `found` (`namespace/name`, `/name`) gives it
 * where it is not just those that fit, because the cluster changed between two reads.
 */
export type CapturedRead = (GetQuery | ListQuery) & { readonly found?: readonly string[] };

/** The end of a container's log. */
export interface PodLog {
  readonly apiVersion: typeof SNAPSHOT_API_VERSION;
  readonly kind: 'PodLog';
  /** The Pod's. */
  readonly metadata: { readonly namespace: string; readonly name: string };
  readonly container: string;
  /** Of the last terminated run; absent means of the current one. */
  readonly previous?: boolean;
  /** The text was already narrowed to the last so many seconds before the moment that the file stands for. */
  readonly sinceSeconds?: number;
  readonly text: string;
}

/** A read that failed when the file was made, and that fails alike when the file is read. */
export interface SnapshotReadFailure {
  readonly apiVersion: typeof SNAPSHOT_API_VERSION;
  readonly kind: 'ReadFailure';
  readonly read: FailedRead;
  readonly reason: ReadFailureReason;
  readonly message: string;
  /** ReadFailure's `what`, where it is not what `describeQuery` says. */
  readonly what?: string;
}

/**
 * Which reads fail. With `verb`, just the read that is the same in every field, as a recording writes it.
 * Without `verb`, every read that agrees in the given fields: `{kind: Secret, namespace: shop}` covers each get and
 * list of Secrets there, `{namespace: shop}` those of all that lies in the namespace.
 * Logs have the kind `PodLog`, the server's version the kind `ServerVersion`.
 */
export interface FailedRead {
  readonly verb?: Query['verb'];
  readonly kind?: Kind | 'PodLog' | 'ServerVersion';
  readonly namespace?: string;
  /** Of a log the Pod's. */
  readonly name?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly container?: string;
  readonly previous?: boolean;
}

/** How a read failure names the read of the server's version. */
export const SERVER_VERSION = 'version of the API server';

/** A query in the terms of a FailedRead. */
export function readOf(query: Query): FailedRead {
  if (query.verb !== 'logs') return query;
  const { verb, namespace, pod, container, previous } = query;
  return { verb, kind: 'PodLog', namespace, name: pod, container, previous };
}

/** Names a read: the same for queries that ask the same. */
export function readKey(read: FailedRead): string {
  const { verb, kind, namespace, name, labelSelector, fieldSelector, container, previous } = read;
  return JSON.stringify([
    verb,
    kind,
    namespace,
    name,
    labelSelector,
    fieldSelector,
    container,
    previous ?? false,
  ]);
}

/** A live cluster answers no longer log text, so that what it answered is never cut again. */
const MAX_LOG_LENGTH = 128 * 1024;

/** The last lines of a log, of those the newest that are not too long together. */
export function lastLines(text: string, count: number): string {
  const lines = text.split('\n');
  const isTerminated = lines.at(-1) === '';
  const last = lines.slice(Math.max(0, lines.length - count - (isTerminated ? 1 : 0))).join('\n');
  if (last.length <= MAX_LOG_LENGTH) return last;
  const newest = last.slice(-MAX_LOG_LENGTH);
  const lineStart = newest.indexOf('\n') + 1;
  return newest.slice(lineStart === newest.length ? 0 : lineStart).toWellFormed();
}

/** Whether an object of the query's kind is in its answer; `undefined` when a selector cannot be read. */
export function matcherOf(query: GetQuery | ListQuery): ((object: KubeObject) => boolean) | undefined {
  const { verb, namespace } = query;
  if (verb === 'get') {
    return ({ metadata }) => metadata?.name === query.name && metadata.namespace === namespace;
  }
  const matchesLabels = parseLabelSelector(query.labelSelector ?? '');
  const matchesFields = parseFieldSelector(query.fieldSelector ?? '');
  if (!matchesLabels || !matchesFields) return undefined;
  return (object) =>
    (namespace === undefined || object.metadata?.namespace === namespace) &&
    matchesLabels(object.metadata?.labels) &&
    matchesFields(object);
}

/** The order in which a file lists objects: the API server's own, that of the keys in etcd. */
export function byNamespaceAndName(one: KubeObject, other: KubeObject): number {
  return compareTexts(storageKey(one), storageKey(other));
}

/** `namespace/name`; `/name` for what has no namespace. */
export function storageKey({ metadata }: KubeObject): string {
  return `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;
}

/** Orders by code units, the same in every locale. */
export function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
