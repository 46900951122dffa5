import type { Read } from '../model/read.ts';
import type { Kind, Kinds } from './kinds.ts';

/** One object by name; `namespace` is absent for cluster-scoped kinds. */
export interface GetQuery<K extends Kind = Kind> {
  readonly verb: 'get';
  readonly kind: K;
  readonly namespace?: string;
  readonly name: string;
}

/** All objects of a kind, in one namespace or (without it) in all, narrowed by Kubernetes' own selectors. */
export interface ListQuery<K extends Kind = Kind> {
  readonly verb: 'list';
  readonly kind: K;
  readonly namespace?: string;
  /** As kubectl's `-l`: `a=b,c in (d,e)`. */
  readonly labelSelector?: string;
  /** As kubectl's `--field-selector`. */
  readonly fieldSelector?: string;
}

/** The end of one container's log. */
export interface LogQuery {
  readonly verb: 'logs';
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** The container's last terminated run instead of the current one. */
  readonly previous: boolean;
  /** How many lines from the end. */
  readonly tailLines: number;
  /** Only lines of the last so many seconds, a whole number; absent for all. */
  readonly sinceSeconds?: number;
}

export type Query = GetQuery | ListQuery | LogQuery;

/**
 * The only way to the outside: a live API server or a file. Only reads.
 * Every method answers what was found or why not; none throws for trouble with a single read.
 */
export interface Cluster {
  /** Answers `undefined` when the object does not exist. */
  get<K extends Kind>(query: GetQuery<K>): Promise<Read<Kinds[K] | undefined>>;
  /** Answers all pages, joined. */
  list<K extends Kind>(query: ListQuery<K>): Promise<Read<readonly Kinds[K][]>>;
  /** Answers the log's text, bounded in bytes. */
  logs(query: LogQuery): Promise<Read<string>>;
  /** The API server's `gitVersion`, such as `v1.35.4`. */
  serverVersion(): Promise<Read<string>>;
  /** The moment that the answers stand for: the clock for a live cluster, the time of the recording for a file. */
  now(): Date;
}

/** A query in the user's words, for progress and "not checked" lines: `pods in shop`, `Secret shop/web-tls`. */
export function describeQuery(query: Query): string {
  if (query.verb === 'logs') {
    const run = query.previous ? 'previous log' : 'log';
    return `${run} of Pod ${query.namespace}/${query.pod} container ${query.container}`;
  }
  if (query.verb === 'get') {
    return query.namespace === undefined
      ? `${query.kind} ${query.name}`
      : `${query.kind} ${query.namespace}/${query.name}`;
  }
  const where = query.namespace === undefined ? 'in all namespaces' : `in ${query.namespace}`;
  return `${query.kind} objects ${where}`;
}
