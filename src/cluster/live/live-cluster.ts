import { isRecord, type JsonRecord } from '../../kubernetes/record.ts';
import { reduceObject } from '../../kubernetes/reduce.ts';
import { failed, found, type Read } from '../../model/read.ts';
import { type Cluster, describeQuery, type GetQuery, type ListQuery, type LogQuery } from '../cluster.ts';
import { type Kind, type Kinds, RESOURCES } from '../kinds.ts';
import { textOf } from './kubeconfig.ts';
import { getPath, isPossibleName, listPath, logPath } from './paths.ts';
import type { Session } from './session.ts';
import { failureOf, isExpired, isObjectMissing, messageIn, parseJson } from './status.ts';

/** A server that always names a next page must not be followed for ever. */
const maxPages = 10_000;
/** `limitBytes` cuts the newest lines off, so more is asked for than is kept. */
const fetchedLogBytes = 1024 * 1024;
const keptLogBytes = 128 * 1024;

/** Reads a live API server over a session. `now` is the moment that the answers stand for. */
export function liveCluster(session: Session, now: Date, pageSize: number): Cluster {
  return {
    get: (query) => getObject(session, query),
    list: (query) => listObjects(session, query, pageSize),
    logs: (query) => readLog(session, query),
    serverVersion: () => readVersion(session),
    now: () => now,
  };
}

async function getObject<K extends Kind>(
  session: Session,
  query: GetQuery<K>,
): Promise<Read<Kinds[K] | undefined>> {
  if (!isPossibleName(query.name) || !isPossibleName(query.namespace ?? 'any')) return found(undefined);
  const what = describeQuery(query);
  const reply = await session.get(getPath(query));
  if (!reply.ok) return failed(reply.reason, what, reply.message);
  const { answer } = reply;
  if (isObjectMissing(answer)) return found(undefined);
  if (answer.status !== 200) return failureOf(what, answer, RESOURCES[query.kind].apiVersion);
  const object = parseJson(answer);
  return isRecord(object) ? found(reduceObject(query.kind, object)) : notJson(what);
}

async function listObjects<K extends Kind>(
  session: Session,
  query: ListQuery<K>,
  pageSize: number,
): Promise<Read<readonly Kinds[K][]>> {
  if (!isPossibleName(query.namespace ?? 'any')) return found([]);
  const first = await listPages(session, query, pageSize);
  if (first !== 'expired') return first;
  // The token outlived the server's memory, as it may on a slow connection: once more from the start.
  const second = await listPages(session, query, pageSize);
  if (second !== 'expired') return second;
  return failed('failed', describeQuery(query), 'the list changed faster than it could be read, twice');
}

async function listPages<K extends Kind>(
  session: Session,
  query: ListQuery<K>,
  pageSize: number,
): Promise<Read<readonly Kinds[K][]> | 'expired'> {
  const what = describeQuery(query);
  const objects: Kinds[K][] = [];
  let continueAt: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const reply = await session.get(listPath(query, pageSize, continueAt));
    if (!reply.ok) return failed(reply.reason, what, reply.message);
    const { answer } = reply;
    if (isExpired(answer) && continueAt !== undefined) return 'expired';
    if (answer.status !== 200) return failureOf(what, answer, RESOURCES[query.kind].apiVersion);
    const list = parseJson(answer);
    if (!isRecord(list)) return notJson(what);
    for (const item of itemsOf(list)) objects.push(reduceObject(query.kind, item));
    continueAt = nextPage(list);
    if (continueAt === undefined) return found(objects);
  }
  return failed('failed', what, `the list has more than ${maxPages} pages`);
}

/** Go writes an empty list as null. Discovery names groups where lists of objects have items. */
function itemsOf(list: JsonRecord): readonly unknown[] {
  if (list['kind'] === 'APIGroupList' && Array.isArray(list['groups'])) {
    return list['groups'].map((group) => ({ metadata: group }));
  }
  return Array.isArray(list['items']) ? list['items'] : [];
}

function nextPage(list: JsonRecord): string | undefined {
  return isRecord(list['metadata']) ? textOf(list['metadata']['continue']) || undefined : undefined;
}

async function readLog(session: Session, query: LogQuery): Promise<Read<string>> {
  const what = describeQuery(query);
  if (!isPossibleName(query.namespace) || !isPossibleName(query.pod)) {
    return failed('not-found', what, 'no Pod can have this name');
  }
  const reply = await session.get(logPath(query, fetchedLogBytes));
  if (!reply.ok) return failed(reply.reason, what, reply.message);
  const { answer } = reply;
  // The kubelet answers 400 for a container that has not started, or has no previous run.
  if (answer.status === 400 || answer.status === 404) return failed('not-found', what, messageIn(answer));
  if (answer.status !== 200) return failureOf(what, answer, RESOURCES.Pod.apiVersion);
  const text = lastLines(answer.body);
  return isRuntimeError(text) ? failed('not-found', what, text.trim()) : found(text);
}

/** The kubelet writes this into the log, with status 200, when the runtime has removed the container. */
function isRuntimeError(text: string): boolean {
  return /^unable to retrieve container logs for [^\n]*\n?$/.test(text);
}

/** The newest bytes, from the start of a line; bytes that are not UTF-8 become U+FFFD. */
function lastLines(body: Buffer): string {
  if (body.length <= keptLogBytes) return body.toString('utf8');
  const kept = body.subarray(-keptLogBytes);
  const lineStart = kept.indexOf('\n') + 1;
  return kept.subarray(lineStart === kept.length ? 0 : lineStart).toString('utf8');
}

async function readVersion(session: Session): Promise<Read<string>> {
  const what = 'version of the API server';
  const reply = await session.get('/version');
  if (!reply.ok) return failed(reply.reason, what, reply.message);
  if (reply.answer.status !== 200) return failureOf(what, reply.answer, '/version');
  const version = parseJson(reply.answer);
  const gitVersion = isRecord(version) ? textOf(version['gitVersion']) : undefined;
  return gitVersion === undefined ? notJson(what) : found(gitVersion);
}

function notJson(what: string): Read<never> {
  return failed('failed', what, 'the answer is not the JSON that a Kubernetes API server sends');
}
