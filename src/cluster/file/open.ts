import { recentText } from '../../kubernetes/log-lines.ts';
import type { KubeObject } from '../../kubernetes/types.ts';
import { failed, found, type Read } from '../../model/read.ts';
import {
  type Cluster,
  describeQuery,
  type GetQuery,
  type ListQuery,
  type LogQuery,
  type Query,
} from '../cluster.ts';
import type { Kind, Kinds } from '../kinds.ts';
import {
  byNamespaceAndName,
  lastLines,
  matcherOf,
  type PodLog,
  readKey,
  readOf,
  SERVER_VERSION,
  storageKey,
} from '../snapshot.ts';
import { newestTime, parseTime } from './clock.ts';
import { type Contents, readContents } from './contents.ts';
import { failureFor, isCovered } from './coverage.ts';
import { FileError } from './error.ts';
import { readSource, type SourceText } from './source.ts';

export interface FileOptions {
  /** RFC 3339; the moment to take for now, instead of the one that the file tells. */
  readonly at?: string;
}

/**
 * Opens a file, a folder or standard input (`-`): objects in YAML or JSON as kubectl prints them, a recorded snapshot,
 * the folder of a `kubectl cluster-info dump`, or an unpacked troubleshoot.sh support bundle.
 * All is read at once; the cluster that it answers does no I/O. Rejects with a FileError when nothing can be
 * diagnosed from it: unreadable, malformed, or without any Ingress.
 */
export async function openFile(path: string, options: FileOptions = {}): Promise<Cluster> {
  return clusterOfTexts(path, await readSource(path), options);
}

/** The cluster that these texts, read from `path`, describe. Throws a FileError like `openFile`. */
export function clusterOfTexts(
  path: string,
  texts: readonly SourceText[],
  options: FileOptions = {},
): Cluster {
  const contents = readContents(texts);
  const cluster = clusterOf(contents, timeOf(contents, options));
  checkHasIngress(path, contents);
  return cluster;
}

function clusterOf(contents: Contents, time: number): Cluster {
  const index = indexObjects(contents);
  const heldKinds = new Set(index.keys());
  const logs = Map.groupBy(contents.logs, ({ metadata, container, previous = false }) =>
    readKey({ verb: 'logs', kind: 'PodLog', ...metadata, container, previous }),
  );

  const recordedAnswers = new Map(
    contents.captured.map((read) => [readKey(read), read.found && new Set(read.found)]),
  );

  function recordedAnswer(query: GetQuery | ListQuery): readonly KubeObject[] | undefined {
    const keys = recordedAnswers.get(readKey(query));
    return keys && (index.get(query.kind) ?? NOTHING).all.filter((object) => keys.has(storageKey(object)));
  }

  function failure(query: Query): Read<never> | undefined {
    const failing = failureFor(contents.failures, query);
    return failing && failed(failing.reason, failing.what ?? describeQuery(query), failing.message);
  }

  function notCaptured(query: Query): Read<never> {
    return failed('not-captured', describeQuery(query), 'the file does not tell');
  }

  return {
    async get<K extends Kind>(query: GetQuery<K>): Promise<Read<Kinds[K] | undefined>> {
      const failing = failure(query);
      if (failing) return failing;
      const recorded = recordedAnswer(query);
      const object = recorded
        ? recorded[0]
        : index.get(query.kind)?.byName.get(nameKey(query.namespace, query.name));
      // The index holds under each kind what reduceObject made for that kind.
      if (object) return found(object as Kinds[K]);
      return recorded || isCovered(contents, heldKinds, query) ? found(undefined) : notCaptured(query);
    },

    async list<K extends Kind>(query: ListQuery<K>): Promise<Read<readonly Kinds[K][]>> {
      const failing = failure(query);
      if (failing) return failing;
      const recorded = recordedAnswer(query);
      if (recorded) return found(recorded as Kinds[K][]);
      if (!isCovered(contents, heldKinds, query)) return notCaptured(query);
      const matches = matcherOf(query);
      if (!matches) return failed('failed', describeQuery(query), 'the selector cannot be read');
      const { all, byNamespace } = index.get(query.kind) ?? NOTHING;
      const objects = query.namespace === undefined ? all : (byNamespace.get(query.namespace) ?? []);
      return found(objects.filter(matches) as Kinds[K][]);
    },

    async logs(query: LogQuery): Promise<Read<string>> {
      const failing = failure(query);
      if (failing) return failing;
      const held = logs.get(readKey(readOf(query)));
      if (held !== undefined) return found(lastLines(textSince(held, query, time), query.tailLines));
      return holdsAllLogs(contents)
        ? failed('not-found', describeQuery(query), 'the file holds no such log')
        : notCaptured(query);
    },

    async serverVersion(): Promise<Read<string>> {
      const failing = contents.failures.find(({ read }) => read.kind === 'ServerVersion');
      if (failing) return failed(failing.reason, failing.what ?? SERVER_VERSION, failing.message);
      if (contents.serverVersion !== undefined) return found(contents.serverVersion);
      return failed('not-captured', SERVER_VERSION, 'the file does not tell');
    },

    now: () => new Date(time),
  };
}

/**
 * The text of one of the logs that the file holds of a container, narrowed to the query's time. One that was recorded
 * for just that time is taken as it is: the server told times that the lines themselves may not tell.
 */
function textSince(held: readonly PodLog[], { sinceSeconds }: LogQuery, time: number): string {
  const same = held.findLast((log) => log.sinceSeconds === sinceSeconds);
  const log = same ?? held.findLast((other) => other.sinceSeconds === undefined) ?? held.at(-1);
  const text = log?.text ?? '';
  const isNarrow = sinceSeconds === undefined || (log?.sinceSeconds ?? Infinity) <= sinceSeconds;
  return isNarrow ? text : recentText(text, new Date(time), sinceSeconds);
}

/**
 * As with objects: a file that is complete, or holds some logs, holds all that there are.
 * A recording has just those that were asked for, and a collector leaves out most previous ones.
 */
function holdsAllLogs({ isComplete, logs, captured, hasCollectedLogs }: Contents): boolean {
  return isComplete || (logs.length > 0 && captured.length === 0 && !hasCollectedLogs);
}

interface KindIndex {
  readonly all: readonly KubeObject[];
  readonly byNamespace: ReadonlyMap<string, readonly KubeObject[]>;
  readonly byName: ReadonlyMap<string, KubeObject>;
}

const NOTHING: KindIndex = { all: [], byNamespace: new Map(), byName: new Map() };

function indexObjects({ objects }: Contents): ReadonlyMap<Kind, KindIndex> {
  const byKind = Map.groupBy(objects.values(), ({ kind }) => kind);
  return new Map(
    [...byKind].map(([kind, held]) => {
      const all = held.map(({ object }) => object).sort(byNamespaceAndName);
      const byNamespace = Map.groupBy(all, ({ metadata }) => metadata?.namespace ?? '');
      const byName = new Map(
        all.map((object) => [nameKey(object.metadata?.namespace, object.metadata?.name), object]),
      );
      return [kind, { all, byNamespace, byName }];
    }),
  );
}

function nameKey(namespace: string | undefined, name: string | undefined): string {
  return JSON.stringify([namespace, name]);
}

/** `at`, else when the file was made, else the newest moment in it; only a file without any time is read as of today. */
function timeOf(contents: Contents, { at }: FileOptions): number {
  if (at !== undefined) {
    const time = parseTime(at);
    if (time === undefined) throw new FileError(`\`${at}\` is not a time such as 2026-01-31T14:02:00Z`);
    return time;
  }
  const takenAt = contents.takenAt === undefined ? undefined : parseTime(contents.takenAt);
  return takenAt ?? newestTime([...contents.objects.values()].map(({ object }) => object)) ?? Date.now();
}

/** `kubectl cluster-info dump` leaves these out. */
const ADD_INGRESS = 'kubectl get ingress,ingressclass,endpointslices -A -o yaml';

/** A file may well say that there is no Ingress, or that it could not be read; one that says nothing is the wrong file. */
function checkHasIngress(path: string, { objects, ...contents }: Contents): void {
  const kinds = new Set([...objects.values()].map(({ kind }) => kind));
  const tellsOfIngress =
    kinds.has('Ingress') ||
    contents.isComplete ||
    contents.listed.has('Ingress') ||
    contents.captured.some(({ kind }) => kind === 'Ingress') ||
    contents.failures.some(({ read }) => read.kind === 'Ingress');
  if (tellsOfIngress) return;
  const name = path === '-' ? 'standard input' : path;
  if (kinds.size === 0) throw new FileError(`${name}: holds no Kubernetes objects`);
  throw new FileError(`${name}: holds no Ingress; add what \`${ADD_INGRESS}\` prints`);
}
