import type { GetQuery, ListQuery, Query } from '../cluster.ts';
import { type Kind, RESOURCES } from '../kinds.ts';
import { type FailedRead, readKey, readOf, type SnapshotReadFailure } from '../snapshot.ts';
import type { Contents } from './contents.ts';

/** Whether what the file does not hold of this query does not exist; otherwise it was not captured. */
export function isCovered(
  contents: Contents,
  heldKinds: ReadonlySet<Kind>,
  query: GetQuery | ListQuery,
): boolean {
  if (contents.isComplete) return true;
  const captured = contents.captured.filter(({ kind }) => kind === query.kind);
  if (captured.length > 0) return captured.some((read) => answers(read, query));
  const namespaces = contents.listed.get(query.kind);
  if (!namespaces) return heldKinds.has(query.kind);
  return query.namespace === undefined || namespaces.has('') || namespaces.has(query.namespace);
}

/** Whether whoever knows the answer to `read` knows that to `query`. */
function answers(read: GetQuery | ListQuery, query: GetQuery | ListQuery): boolean {
  if (read.namespace !== undefined && read.namespace !== query.namespace) return false;
  if (read.verb === 'get') return query.verb === 'get' && read.name === query.name;
  const isWhole = read.labelSelector === undefined && read.fieldSelector === undefined;
  if (isWhole) return true;
  const isNarrowedAlike =
    query.verb === 'list' &&
    read.labelSelector === query.labelSelector &&
    read.fieldSelector === query.fieldSelector;
  return isNarrowedAlike;
}

/** The failure that the file holds for a query: the recorded one if there is one, else the first that covers it. */
export function failureFor(
  failures: readonly SnapshotReadFailure[],
  query: Query,
): SnapshotReadFailure | undefined {
  const read = readOf(query);
  const key = readKey(read);
  return (
    failures.find((failure) => failure.read.verb !== undefined && readKey(failure.read) === key) ??
    failures.find((failure) => failure.read.verb === undefined && covers(failure.read, read))
  );
}

function covers(failed: FailedRead, read: FailedRead): boolean {
  // A list of all namespaces needs each of them.
  const isEverywhere = read.verb === 'list' && read.namespace === undefined;
  return (
    (failed.kind === read.kind || (failed.kind === undefined && isOfAnyKind(failed, read))) &&
    (failed.namespace === undefined || failed.namespace === read.namespace || isEverywhere) &&
    (failed.name === undefined || failed.name === read.name) &&
    (failed.labelSelector === undefined || failed.labelSelector === read.labelSelector) &&
    (failed.fieldSelector === undefined || failed.fieldSelector === read.fieldSelector) &&
    (failed.container === undefined || failed.container === read.container) &&
    (failed.previous === undefined || failed.previous === read.previous)
  );
}

/**
 * Whether a failure that names no kind can be meant: one in a namespace is not about what lies in none, and
 * does not hide the Ingresses of the other namespaces, for whose sake the file was made.
 */
function isOfAnyKind(failed: FailedRead, { kind, namespace }: FailedRead): boolean {
  if (kind === undefined || kind === 'ServerVersion') return false;
  if (failed.namespace === undefined || kind === 'PodLog') return true;
  return RESOURCES[kind].namespaced && (kind !== 'Ingress' || namespace !== undefined);
}
