import type { GetQuery, ListQuery, LogQuery } from '../cluster.ts';
import { RESOURCES, type Resource } from '../kinds.ts';

/** `/api/v1/namespaces/shop/services/web`. */
export function getPath({ kind, namespace, name }: GetQuery): string {
  return `${collectionPath(RESOURCES[kind], namespace)}/${encodeURIComponent(name)}`;
}

/**
 * Whether anything can have this name. The API server takes names that are no path segment for another path
 * (`IsValidPathSegmentName` in apimachinery), so that its answer would be to another question.
 */
export function isPossibleName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/%]/.test(name);
}

/** One page of a list; `continueAt` is the token that came with the page before. */
export function listPath(query: ListQuery, limit: number, continueAt: string | undefined): string {
  if (query.kind === 'APIGroup') return '/apis';
  return withParameters(collectionPath(RESOURCES[query.kind], query.namespace), {
    labelSelector: query.labelSelector,
    fieldSelector: query.fieldSelector,
    limit: String(limit),
    continue: continueAt,
  });
}

/** The end of a container's log. */
export function logPath(
  { namespace, pod, container, previous, tailLines, sinceSeconds }: LogQuery,
  limitBytes: number,
): string {
  const base = `${collectionPath(RESOURCES.Pod, namespace)}/${encodeURIComponent(pod)}/log`;
  return withParameters(base, {
    container,
    previous: previous ? 'true' : undefined,
    tailLines: String(tailLines),
    sinceSeconds: sinceSeconds === undefined ? undefined : String(sinceSeconds),
    limitBytes: String(limitBytes),
  });
}

function collectionPath({ apiVersion, plural, namespaced }: Resource, namespace: string | undefined): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const scope = namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${root}${scope}/${plural}`;
}

function withParameters(path: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value) search.set(name, value);
  return `${path}?${search}`;
}
