import type { Cluster } from '../cluster/cluster.ts';
import type { Target } from '../model/target.ts';
import type { Selection } from './invocation.ts';
import { UsageError } from './usage-error.ts';

/**
 * Completes what the command line names by the context's namespace. A file has no context: there a name is looked
 * for in all namespaces, and without a name all Ingresses are meant.
 */
export async function resolveTarget(
  { words, namespace, isAllNamespaces, selector }: Selection,
  cluster: Cluster,
  contextNamespace: string | undefined,
): Promise<Target> {
  const where = namespace ?? contextNamespace;
  switch (words.kind) {
    case 'url': {
      const { url, scheme, host, path } = words;
      const scope = namespace === undefined ? {} : { namespace };
      return { kind: 'url', url: { url, scheme, host, path }, ...scope };
    }
    case 'everything': {
      const narrowed = selector === undefined ? {} : { selector };
      return isAllNamespaces || where === undefined
        ? { kind: 'all', ...narrowed }
        : { kind: 'namespace', namespace: where, ...narrowed };
    }
    case 'name':
      return {
        kind: 'ingress',
        namespace: where ?? (await namespaceInFile(words.name, cluster)),
        name: words.name,
      };
  }
}

async function namespaceInFile(name: string, cluster: Cluster): Promise<string> {
  const read = await cluster.list({ verb: 'list', kind: 'Ingress' });
  const ingresses = read.ok ? read.value : [];
  const namespaces = ingresses
    .filter(({ metadata }) => metadata?.name === name)
    .map(({ metadata }) => metadata?.namespace ?? 'default');
  const [first, second] = namespaces;
  if (second !== undefined) {
    const choices = namespaces.map((namespace) => `\`${namespace}/${name}\``).join(', ');
    throw new UsageError(`the file holds several Ingresses \`${name}\`: name one of ${choices}`);
  }
  return first ?? onlyNamespace(ingresses.map(({ metadata }) => metadata?.namespace));
}

// For "not found" with near names: where all Ingresses are in one namespace, that is the one meant.
function onlyNamespace(namespaces: readonly (string | undefined)[]): string {
  const [first = 'default', ...others] = new Set(namespaces);
  return others.length === 0 ? first : 'default';
}
