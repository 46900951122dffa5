import { isRecord, type JsonRecord } from '../../kubernetes/record.ts';
import { reduceObject } from '../../kubernetes/reduce.ts';
import type { KubeObject } from '../../kubernetes/types.ts';
import { groupOf, type Kind, RESOURCES } from '../kinds.ts';
import {
  type CapturedRead,
  type PodLog,
  SNAPSHOT_API_VERSION,
  type SnapshotReadFailure,
} from '../snapshot.ts';
import { readPodLog, readReadFailure, readSnapshotInfo, reasonOf } from './documents.ts';
import { extractDumpedLogs } from './dump-log.ts';
import type { FileRole } from './layout.ts';
import { endpointsToSlices, ingressToV1 } from './older.ts';
import { parseDocuments } from './parse.ts';
import type { SourceText } from './source.ts';

/** All that the texts hold, before any question is asked of it. */
export interface Contents {
  /** By kind, namespace and name; of an object that occurs more than once the newest, or else the last. */
  readonly objects: Map<string, HeldObject>;
  readonly logs: PodLog[];
  /** Some of the logs come from `kubectl cluster-info dump` or troubleshoot.sh. */
  hasCollectedLogs: boolean;
  readonly failures: SnapshotReadFailure[];
  takenAt: string | undefined;
  serverVersion: string | undefined;
  isComplete: boolean;
  /** The reads that recordings name. */
  readonly captured: CapturedRead[];
  /** Kinds of which there is a whole list, be it empty: of these namespaces, or `''` of all. */
  readonly listed: Map<Kind, Set<string>>;
  /** Objects of the kind Endpoints, which EndpointSlices have replaced. */
  readonly endpoints: JsonRecord[];
}

interface HeldObject {
  readonly kind: Kind;
  readonly object: KubeObject;
  readonly resourceVersion: unknown;
}

/** Sorts the documents of all texts. Throws a FileError for a malformed one. */
export function readContents(texts: readonly SourceText[]): Contents {
  const contents: Contents = {
    objects: new Map(),
    logs: [],
    hasCollectedLogs: false,
    failures: [],
    takenAt: undefined,
    serverVersion: undefined,
    isComplete: false,
    captured: [],
    listed: new Map(),
    endpoints: [],
  };
  for (const text of texts) addText(contents, text);
  const isSliced = [...contents.objects.values()].some(({ kind }) => kind === 'EndpointSlice');
  if (!isSliced) {
    for (const slice of contents.endpoints.flatMap(endpointsToSlices))
      addObject(contents, 'EndpointSlice', slice);
  }
  if (!contents.captured.some(({ kind }) => kind === 'APIGroup')) addGroups(contents);
  return contents;
}

/** Where nobody recorded what the API server serves, it is taken to serve what the file holds. */
function addGroups(contents: Contents): void {
  const kinds = new Set([
    ...[...contents.objects.values()].map(({ kind }) => kind),
    ...contents.listed.keys(),
  ]);
  const groups = new Set([...kinds].map((kind) => groupOf(RESOURCES[kind].apiVersion)));
  for (const name of groups) if (name !== '') addObject(contents, 'APIGroup', { metadata: { name } });
  contents.listed.set('APIGroup', new Set(['']));
}

function addText(contents: Contents, { name, role, text }: SourceText): void {
  if (role.holds === 'log') {
    const { namespace, pod, container, previous } = role;
    addCollectedLog(contents, { namespace, pod, container, text }, previous);
    return;
  }
  if (role.holds === 'failures') {
    for (const document of parseDocuments(text, name)) addBundleFailures(contents, role.kind, document);
    return;
  }
  const { logs, rest } = extractDumpedLogs(text);
  for (const log of logs) {
    const { namespace, pod: name, container } = log;
    const problem = /^(?:Create log request|Request log) error: (.*)\n$/.exec(log.text)?.[1];
    if (problem === undefined) addCollectedLog(contents, log, false);
    else addFailure(contents, { kind: 'PodLog', namespace, name, container }, problem);
  }
  if (role.holds === 'dumped logs') return;
  for (const document of parseDocuments(rest, name)) addDocument(contents, document, role);
}

type ObjectsRole = Extract<FileRole, { readonly holds: 'objects' }>;

function addDocument(contents: Contents, document: unknown, role: ObjectsRole): void {
  if (Array.isArray(document)) {
    // How troubleshoot.sh writes a list.
    if (role.kind) addList(contents, document, role.kind, undefined, role);
    else for (const item of document) addItem(contents, item);
    return;
  }
  if (!isRecord(document)) return;
  const { kind, apiVersion, items } = document;
  if (!Array.isArray(items) || typeof kind !== 'string' || !kind.endsWith('List')) {
    // Any file may be called services.yaml; one with metadata holds an object.
    addItem(contents, document, isRecord(document['metadata']) ? role.kind : undefined);
    return;
  }
  const itemKind = kindOf(kind.slice(0, -'List'.length), apiVersion);
  if (itemKind) addList(contents, items, itemKind, apiVersion, role);
  else for (const item of items) addItem(contents, item);
}

function addList(
  contents: Contents,
  items: readonly unknown[],
  kind: Kind,
  apiVersion: unknown,
  role: ObjectsRole,
): void {
  for (const item of items) addItem(contents, isRecord(item) ? { apiVersion, ...item } : item, kind);
  const { namespace } = role;
  const isOfNamespace =
    role.kind === kind && namespace !== undefined && items.every((item) => namespaceOf(item) === namespace);
  const namespaces = contents.listed.get(kind) ?? new Set();
  contents.listed.set(kind, namespaces.add(isOfNamespace ? namespace : ''));
}

function namespaceOf(item: unknown): unknown {
  return isRecord(item) && isRecord(item['metadata']) ? item['metadata']['namespace'] : undefined;
}

function addItem(contents: Contents, item: unknown, kindOfList?: Kind): void {
  if (!isRecord(item)) return;
  if (item['apiVersion'] === SNAPSHOT_API_VERSION) {
    addOwnDocument(contents, item);
    return;
  }
  if (item['kind'] === 'Endpoints' && item['apiVersion'] === 'v1') contents.endpoints.push(item);
  const kind = item['kind'] === undefined ? kindOfList : kindOf(item['kind'], item['apiVersion']);
  if (kind) addObject(contents, kind, item);
}

function addOwnDocument(contents: Contents, document: JsonRecord): void {
  if (document['kind'] === 'SnapshotInfo') {
    const info = readSnapshotInfo(document);
    contents.takenAt = info.takenAt ?? contents.takenAt;
    contents.serverVersion = info.serverVersion ?? contents.serverVersion;
    contents.isComplete ||= info.complete === true;
    contents.captured.push(...(info.captured ?? []));
  } else if (document['kind'] === 'PodLog') {
    const log = readPodLog(document);
    if (log) contents.logs.push(log);
  } else if (document['kind'] === 'ReadFailure') {
    const failure = readReadFailure(document);
    if (failure) contents.failures.push(failure);
  }
}

function addObject(contents: Contents, kind: Kind, raw: JsonRecord): void {
  const { namespace: writtenNamespace, ...metadata } = isRecord(raw['metadata']) ? raw['metadata'] : {};
  const namespace = RESOURCES[kind].namespaced ? (writtenNamespace ?? 'default') : undefined;
  const source = { ...raw, metadata: { ...metadata, namespace } };
  const object: KubeObject = reduceObject(kind, kind === 'Ingress' ? ingressToV1(source) : source);
  const { name } = object.metadata ?? {};
  // Hand-written Events and EndpointSlices may lack a name; they are not each other.
  const key = name === undefined ? `${contents.objects.size}` : JSON.stringify([kind, namespace, name]);
  const { resourceVersion } = metadata;
  const held = contents.objects.get(key);
  if (!held || !isNewer(held.resourceVersion, resourceVersion)) {
    contents.objects.set(key, { kind, object, resourceVersion });
  }
}

/** Resource versions of one resource can be compared as numbers since Kubernetes 1.35, and always could be with etcd. */
function isNewer(one: unknown, other: unknown): boolean {
  const [oneNumber, otherNumber] = [one, other].map((version) =>
    typeof version === 'string' && /^\d{1,20}$/.test(version) ? BigInt(version) : undefined,
  );
  return oneNumber !== undefined && otherNumber !== undefined && oneNumber > otherNumber;
}

/** API groups that serve, or once served, a kind in nearly the same shape, besides the one in RESOURCES. */
const OTHER_GROUPS: { readonly [K in Kind]?: readonly string[] } = {
  Ingress: ['extensions'],
  NetworkPolicy: ['extensions'],
  Deployment: ['extensions'],
  ReplicaSet: ['extensions'],
  DaemonSet: ['extensions'],
  Event: ['events.k8s.io'],
};

/** The kind that is read under this name; other groups use the same names (Knative's Service, OpenShift's Ingress). */
function kindOf(name: unknown, apiVersion: unknown): Kind | undefined {
  if (typeof name !== 'string' || !Object.hasOwn(RESOURCES, name)) return undefined;
  const kind = name as Kind;
  if (typeof apiVersion !== 'string') return kind;
  const group = groupOf(apiVersion);
  const isServed = group === groupOf(RESOURCES[kind].apiVersion) || OTHER_GROUPS[kind]?.includes(group);
  return isServed ? kind : undefined;
}

function addCollectedLog(
  contents: Contents,
  log: {
    readonly namespace: string;
    readonly pod: string;
    readonly container: string;
    readonly text: string;
  },
  previous: boolean,
): void {
  const { namespace, pod: name, container, text } = log;
  const metadata = { namespace, name };
  contents.hasCollectedLogs = true;
  contents.logs.push({
    apiVersion: SNAPSHOT_API_VERSION,
    kind: 'PodLog',
    metadata,
    container,
    previous,
    text,
  });
}

/** troubleshoot.sh writes messages by namespace, or a list of them for what has no namespace. */
function addBundleFailures(contents: Contents, kind: Kind, document: unknown): void {
  if (Array.isArray(document)) {
    for (const message of document) if (typeof message === 'string') addFailure(contents, { kind }, message);
  } else if (isRecord(document)) {
    for (const [namespace, message] of Object.entries(document)) {
      if (typeof message === 'string') addFailure(contents, { kind, namespace }, message);
    }
  }
}

function addFailure(contents: Contents, read: SnapshotReadFailure['read'], message: string): void {
  const header = { apiVersion: SNAPSHOT_API_VERSION, kind: 'ReadFailure' } as const;
  contents.failures.push({ ...header, read, reason: reasonOf(message), message });
}
