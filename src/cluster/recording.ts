import { dump } from 'js-yaml';
import { reduceObject } from '../kubernetes/reduce.ts';
import type { KubeObject } from '../kubernetes/types.ts';
import { failed, found, type Read, type ReadFailure } from '../model/read.ts';
import { type Cluster, describeQuery, type GetQuery, type ListQuery, type LogQuery } from './cluster.ts';
import type { Kind, Kinds } from './kinds.ts';
import {
  byNamespaceAndName,
  type CapturedRead,
  compareTexts,
  type FailedRead,
  matcherOf,
  type PodLog,
  readKey,
  readOf,
  SERVER_VERSION,
  SNAPSHOT_API_VERSION,
  type SnapshotInfo,
  type SnapshotReadFailure,
  storageKey,
} from './snapshot.ts';

/** A cluster that remembers what it was asked and what it answered. */
export interface Recording {
  readonly cluster: Cluster;
  /**
   * The file, in YAML, that answers all these queries alike: a v1 List of a SnapshotInfo, the objects in order of
   * kind, namespace and name, the logs and the failures. Equal recordings give equal text.
   */
  snapshot(info?: { readonly takenAt?: Date }): string;
}

/**
 * Wraps a cluster so that what is read through it can be written to a snapshot file.
 *
 * So that the file can give the same answers, the wrapper answers an object as it was when it was first read,
 * lists in the order of namespaces and names, and stops the clock at its first use.
 */
export function recordingCluster(inner: Cluster): Recording {
  const objects = new Map<string, RecordedObject>();
  const answers = new Map<string, RecordedAnswer>();
  const logs = new Map<string, PodLog>();
  const failures = new Map<string, SnapshotReadFailure>();
  let version: string | undefined;
  let time: Date | undefined;

  function remember<K extends Kind>(kind: K, raw: Kinds[K]): Kinds[K] {
    // Reduced once more, so that no Secret gets into a file whatever the inner cluster does.
    const object = reduceObject(kind, raw);
    const key = `${kind} ${object.metadata?.name === undefined ? JSON.stringify(object) : storageKey(object)}`;
    const known = objects.get(key);
    // The key begins with the kind.
    if (known) return known.object as Kinds[K];
    objects.set(key, { kind, object });
    return object;
  }

  function noteAnswer(query: GetQuery | ListQuery, found: readonly KubeObject[]): void {
    answers.set(readKey(query), { query, found });
  }

  function noteFailure(read: FailedRead, described: string, failure: ReadFailure): Read<never> {
    const what = failure.what.toWellFormed();
    const message = failure.message.toWellFormed();
    failures.set(readKey(read), {
      apiVersion: SNAPSHOT_API_VERSION,
      kind: 'ReadFailure',
      read: plain(read),
      reason: failure.reason,
      message,
      ...(what !== described && { what }),
    });
    return failed(failure.reason, what, message);
  }

  const cluster: Cluster = {
    async get<K extends Kind>(query: GetQuery<K>): Promise<Read<Kinds[K] | undefined>> {
      const answer = await inner.get(query);
      if (!answer.ok) return noteFailure(query, describeQuery(query), answer.failure);
      const object = answer.value && remember(query.kind, answer.value);
      noteAnswer(query, object ? [object] : []);
      return found(object);
    },

    async list<K extends Kind>(query: ListQuery<K>): Promise<Read<readonly Kinds[K][]>> {
      const answer = await inner.list(query);
      if (!answer.ok) return noteFailure(query, describeQuery(query), answer.failure);
      const items = [...new Set(answer.value.map((item) => remember(query.kind, item)))].sort(
        byNamespaceAndName,
      );
      noteAnswer(query, items);
      return found(items);
    },

    async logs(query: LogQuery): Promise<Read<string>> {
      const answer = await inner.logs(query);
      const read = readOf(query);
      if (!answer.ok) return noteFailure(read, describeQuery(query), answer.failure);
      const text = answer.value.toWellFormed();
      // Narrowed to a time a text is another one, not a shorter end of the same.
      const key = `${readKey(read)} ${query.sinceSeconds ?? ''}`;
      const known = logs.get(key);
      if (!known || text.length > known.text.length) logs.set(key, logDocument(query, text));
      return found(text);
    },

    async serverVersion(): Promise<Read<string>> {
      const answer = await inner.serverVersion();
      if (!answer.ok) return noteFailure({ kind: 'ServerVersion' }, SERVER_VERSION, answer.failure);
      version = answer.value.toWellFormed();
      return found(version);
    },

    now(): Date {
      time ??= inner.now();
      return new Date(time);
    },
  };

  return {
    cluster,
    snapshot({ takenAt = cluster.now() } = {}) {
      const recorded = [...objects.values()].sort(byKind);
      const info: SnapshotInfo = {
        apiVersion: SNAPSHOT_API_VERSION,
        kind: 'SnapshotInfo',
        takenAt: takenAt.toISOString(),
        ...(version !== undefined && { serverVersion: version }),
        captured: inKeyOrder(answers).map((answer) => capturedRead(answer, recorded)),
      };
      const kept = recorded.map(({ object }) => object);
      const items = [info, ...kept, ...inKeyOrder(logs), ...inKeyOrder(failures)];
      return dump({ apiVersion: 'v1', kind: 'List', items }, { noRefs: true, lineWidth: -1 });
    },
  };
}

interface RecordedObject {
  readonly kind: Kind;
  readonly object: KubeObject;
}

interface RecordedAnswer {
  readonly query: GetQuery | ListQuery;
  readonly found: readonly KubeObject[];
}

function byKind(one: RecordedObject, other: RecordedObject): number {
  return compareTexts(one.kind, other.kind) || byNamespaceAndName(one.object, other.object);
}

function inKeyOrder<T>(map: ReadonlyMap<string, T>): readonly T[] {
  return [...map].sort(([one], [other]) => compareTexts(one, other)).map(([, value]) => value);
}

function capturedRead({ query, found }: RecordedAnswer, recorded: readonly RecordedObject[]): CapturedRead {
  const matches = matcherOf(query);
  const fitting = recorded.filter(({ kind, object }) => kind === query.kind && matches?.(object));
  const isJustThose =
    fitting.length === found.length && fitting.every(({ object }) => found.includes(object));
  const read: CapturedRead = isJustThose ? query : { ...query, found: found.map(storageKey) };
  return plain(read);
}

function logDocument({ namespace, pod, container, previous, sinceSeconds }: LogQuery, text: string): PodLog {
  const metadata = { namespace, name: pod };
  const narrowed = sinceSeconds === undefined ? {} : { sinceSeconds };
  return {
    apiVersion: SNAPSHOT_API_VERSION,
    kind: 'PodLog',
    metadata,
    container,
    previous,
    ...narrowed,
    text,
  };
}

/** Without the fields that are there but undefined. */
function plain<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}
