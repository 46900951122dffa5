import { parseArguments } from './cli/arguments.ts';
import type { Completion } from './cli/completion/candidates.ts';
import type { Edge } from './cli/edge.ts';
import type { Source } from './cli/invocation.ts';
import { readSelection } from './cli/parse.ts';
import { loadKubeconfig } from './cluster/live/kubeconfig.ts';
import { openSource } from './open-source.ts';

/** A person looks at the shell while it waits for the answer. */
const patience = '2s';

/**
 * Reads the names that a completion asks for, from where the finished words say.
 * Rejects when something is wrong; then there is nothing to complete.
 */
export async function readNames(completion: Completion, edge: Edge): Promise<readonly string[]> {
  const { live } = completion;
  if (live === undefined) return [];
  const { flags } = parseArguments(completion.finished);
  const { source, namespace } = readSelection({ flags, words: [] }, []);
  switch (live) {
    case 'contexts':
    case 'clusters':
    case 'users': {
      const file = source.kind === 'live' ? source.connection.kubeconfig : undefined;
      return [...loadKubeconfig(file, edge.variables)[live].keys()];
    }
    case 'namespaces':
    case 'ingresses':
      return readObjectNames(live, completion.namespace ?? namespace, hasty(source), edge);
  }
}

async function readObjectNames(
  kind: 'namespaces' | 'ingresses',
  namespace: string | undefined,
  source: Source,
  edge: Edge,
): Promise<readonly string[]> {
  const opened = await openSource(source, edge);
  try {
    const where = namespace ?? opened.namespace;
    const read =
      kind === 'namespaces'
        ? await opened.cluster.list({ verb: 'list', kind: 'Namespace' })
        : await opened.cluster.list({
            verb: 'list',
            kind: 'Ingress',
            ...(where !== undefined && { namespace: where }),
          });
    return read.ok ? read.value.flatMap(({ metadata }) => metadata?.name ?? []) : [];
  } finally {
    opened.close();
  }
}

function hasty(source: Source): Source {
  if (source.kind === 'file') return source;
  return { kind: 'live', connection: { requestTimeout: patience, ...source.connection } };
}
