import type { GetQuery, ListQuery, LogQuery, Query } from '../cluster/cluster.ts';
import { groupOf, type Kind, type Kinds, RESOURCES } from '../cluster/kinds.ts';
import { grouped, type KeysOf } from '../kubernetes/grouped.ts';
import { parseFieldSelector, parseLabelSelector } from '../kubernetes/selector.ts';
import type { KubeObject } from '../kubernetes/types.ts';
import { failed, found, mapRead, type Read, type ReadFailure } from '../model/read.ts';

/** A list narrowed to a namespace (without it: all) and by Kubernetes' own selectors. */
export type Scope = Omit<ListQuery, 'verb' | 'kind'>;

/** What was read so far. */
export type Answers = ReadonlyMap<string, { readonly query: Query; readonly read: Read<unknown> }>;

/**
 * How the trace asks for objects. It answers from what was read; a question that was not read yet is noted
 * in `wanted` and answered with a failure, so that building the trace again after the next round of reads
 * gets further. Tracing is thus plain, pure code, and a round reads all that is known to be needed, in parallel.
 */
export interface Lookup {
  get<K extends Kind>(kind: K, namespace: string | undefined, name: string): Read<Kinds[K] | undefined>;
  list<K extends Kind>(kind: K, scope: Scope): Read<readonly Kinds[K][]>;
  /** As `list`, of a custom resource: empty where the cluster does not serve its API group, which is never asked then. */
  listServed<K extends Kind>(kind: K, scope: Scope): Read<readonly Kinds[K][]>;
  logs(query: Omit<LogQuery, 'verb'>): Read<string>;
  /** Questions that were asked and not yet read. */
  wanted(): readonly Query[];
  /** Reads that were asked for and failed, once each. */
  failures(): readonly ReadFailure[];
  /** What many Ingresses share, made once per round. */
  once<T>(key: string, make: () => T): T;
  readonly now: Date;
  /** For how many seconds back the logs of controllers are asked for. */
  readonly logSeconds: number;
}

/** Fifteen minutes: what an incident is about lies in them, and what was mended before does not. */
const DEFAULT_LOG_SECONDS = 900;

/** Whether a read only failed because it waits for the next round. */
export function isPending(read: Read<unknown>): boolean {
  return !read.ok && read.failure === PENDING.failure;
}

const PENDING = failed('not-captured', 'a read of the next round', 'not read yet') as {
  readonly ok: false;
  readonly failure: ReadFailure;
};

/** The same text for the same question. */
export function queryKey(query: Query): string {
  const { verb, namespace } = query;
  switch (query.verb) {
    case 'get':
      return JSON.stringify([verb, query.kind, namespace, query.name]);
    case 'list':
      return JSON.stringify([verb, query.kind, namespace, query.labelSelector, query.fieldSelector]);
    case 'logs':
      return JSON.stringify([
        verb,
        namespace,
        query.pod,
        query.container,
        query.previous,
        query.tailLines,
        query.sinceSeconds,
      ]);
  }
}

/**
 * A lookup over answers. With `wide`, questions about namespaced objects are put as one list per kind
 * (in that namespace, or in all), since many Ingresses are traced: a handful of reads, whatever their number.
 */
export function lookupIn(
  answers: Answers,
  now: Date,
  wide?: { readonly namespace?: string },
  logSeconds = DEFAULT_LOG_SECONDS,
): Lookup {
  const wanted = new Map<string, Query>();
  const failures = new Map<string, ReadFailure>();
  const indexes = new Map<string, Index>();
  const shared = new Map<string, unknown>();
  const isCrowded = wide !== undefined && countIngresses(answers, wide.namespace) > FEW_INGRESSES;

  /** The answer to exactly this question, or a note that it is wanted. */
  function ask(query: Query): Read<unknown> {
    const key = queryKey(query);
    const answer = answers.get(key);
    if (answer === undefined) {
      wanted.set(key, query);
      return PENDING;
    }
    // A log that does not exist yet is an answer, not a failure to look.
    if (!answer.read.ok && answer.read.failure.reason !== 'not-found') failures.set(key, answer.read.failure);
    return answer.read;
  }

  /** An index of a list's objects, made once. */
  function index(query: ListQuery): Read<Index> {
    const read = ask(query) as Read<readonly KubeObject[]>;
    return mapRead(read, (objects) => {
      const key = queryKey(query);
      const made = indexes.get(key) ?? indexObjects(objects);
      indexes.set(key, made);
      return made;
    });
  }

  /** The one broad list that answers questions about a kind in a namespace, in wide mode. */
  function broad(kind: Kind, namespace: string | undefined): ListQuery | undefined {
    if (wide === undefined || !RESOURCES[kind].namespaced || namespace === undefined) return undefined;
    if (wide.namespace !== undefined && wide.namespace !== namespace) return undefined;
    return {
      verb: 'list',
      kind,
      ...(wide.namespace !== undefined && { namespace: wide.namespace }),
      ...(kind === 'Secret' && { fieldSelector: 'type=kubernetes.io/tls' }),
    };
  }

  /** The broad list in which objects of a name are looked for through all namespaces, in wide mode of all. */
  function everywhere(kind: Kind, { namespace, fieldSelector }: Scope): ListQuery | undefined {
    const isByName = namespace === undefined && fieldSelector?.startsWith('metadata.name=') === true;
    if (!isByName || wide === undefined || wide.namespace !== undefined) return undefined;
    return broad(kind, '');
  }

  function list<K extends Kind>(kind: K, scope: Scope): Read<readonly Kinds[K][]> {
    const all = everywhere(kind, scope);
    if (all !== undefined) {
      const [, name = ''] = /^metadata\.name=([^,]*)/.exec(scope.fieldSelector ?? '') ?? [];
      return mapRead(ask(all) as Read<readonly KubeObject[]>, (objects) =>
        narrow(grouped(objects, ownName).get(name) ?? [], scope),
      ) as never;
    }
    const wider = broad(kind, scope.namespace);
    if (wider === undefined) return ask({ verb: 'list', kind, ...scope }) as never;
    return mapRead(index(wider), ({ byNamespace }) =>
      narrow(byNamespace.get(scope.namespace ?? '') ?? [], scope),
    ) as never;
  }

  return {
    now,
    logSeconds,
    get: (kind, namespace, name) => {
      const list = broad(kind, namespace);
      if (list !== undefined) {
        const objects = index(list);
        if (!objects.ok) return objects;
        const object = objects.value.byName.get(`${namespace}/${name}`);
        // The broad list of Secrets holds those of type kubernetes.io/tls only.
        if (object !== undefined || kind !== 'Secret') return found(object) as never;
      }
      const query: GetQuery = { verb: 'get', kind, ...(namespace !== undefined && { namespace }), name };
      return ask(query) as never;
    },
    list,
    listServed: (kind, scope) => {
      const group = groupOf(RESOURCES[kind].apiVersion);
      const groups = list('APIGroup', {});
      if (!groups.ok) return groups;
      return groups.value.some(({ metadata }) => metadata?.name === group) ? list(kind, scope) : found([]);
    },
    // With many Ingresses a log for each of their Pods would be too much: they count as empty.
    logs: (query) => (isCrowded ? found('') : (ask({ verb: 'logs', ...query }) as Read<string>)),
    once: <T>(key: string, make: () => T): T => {
      if (!shared.has(key)) shared.set(key, make());
      return shared.get(key) as T;
    },
    wanted: () => [...wanted.values()],
    failures: () => [...failures.values()],
  };
}

/** Up to so many Ingresses, their Pods' logs are read as for a single one. */
const FEW_INGRESSES = 5;

function countIngresses(answers: Answers, namespace: string | undefined): number {
  return Math.max(
    0,
    ...[...answers.values()].map(({ query, read }) => {
      if (query.verb !== 'list' || query.kind !== 'Ingress' || !read.ok) return 0;
      const ingresses = read.value as readonly KubeObject[];
      return ingresses.filter(({ metadata }) => namespace === undefined || metadata?.namespace === namespace)
        .length;
    }),
  );
}

const ownName: KeysOf<KubeObject> = ({ metadata }) => [metadata?.name ?? ''];

interface Index {
  readonly byName: ReadonlyMap<string, KubeObject>;
  readonly byNamespace: ReadonlyMap<string, readonly KubeObject[]>;
}

function indexObjects(objects: readonly KubeObject[]): Index {
  const byName = new Map<string, KubeObject>();
  const byNamespace = new Map<string, KubeObject[]>();
  for (const object of objects) {
    const { namespace = '', name = '' } = object.metadata ?? {};
    byName.set(`${namespace}/${name}`, object);
    const others = byNamespace.get(namespace);
    if (others === undefined) byNamespace.set(namespace, [object]);
    else others.push(object);
  }
  return { byName, byNamespace };
}

/** Applies selectors to objects that a broader list held. */
function narrow(all: readonly KubeObject[], scope: Scope): readonly KubeObject[] {
  if (scope.labelSelector === undefined && scope.fieldSelector === undefined) return all;
  const objects = scope.labelSelector === undefined ? all : withAnyLabel(all, scope.labelSelector);
  const byLabels = scope.labelSelector === undefined ? undefined : parseLabelSelector(scope.labelSelector);
  const byFields = scope.fieldSelector === undefined ? undefined : parseFieldSelector(scope.fieldSelector);
  return objects.filter(
    (object) =>
      (byLabels === undefined || byLabels(object.metadata?.labels)) &&
      (byFields === undefined || byFields(object)),
  );
}

/** Those that the first requirement of a selector can select, where it asks for values: found without a look at all. */
function withAnyLabel(objects: readonly KubeObject[], labelSelector: string): readonly KubeObject[] {
  const [, key, value, values] =
    /^([\w./-]+)(?:=([\w.-]+)| in \(([\w.,-]+)\))(?=,|$)/.exec(labelSelector) ?? [];
  if (key === undefined) return objects;
  const wanted = new Set(values?.split(',') ?? [value]);
  return [...wanted].flatMap((each) => grouped(objects, labelPairs).get(`${key}=${each}`) ?? []);
}

const labelPairs: KeysOf<KubeObject> = ({ metadata }) =>
  Object.entries(metadata?.labels ?? {}).map(([key, value]) => `${key}=${value}`);

/** A Service's selector as a label selector in kubectl's words. */
export function selectorText(selector: Readonly<Record<string, string>>): string {
  return Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
