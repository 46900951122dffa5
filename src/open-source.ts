import type { Edge } from './cli/edge.ts';
import type { Source } from './cli/invocation.ts';
import type { Cluster } from './cluster/cluster.ts';
import { ConnectionError } from './cluster/live/connection-error.ts';

/** A cluster to read from, and what the run wants to know of it. */
export interface OpenSource {
  readonly cluster: Cluster;
  /** The namespace to take where none is named; a file has none. */
  readonly namespace: string | undefined;
  /** Throws a ConnectionError when nothing at all could be read so far. */
  readonly checkReachable: () => void;
  readonly close: () => void;
}

/** Opens the file, or begins to connect to the live cluster. Rejects with a FileError or a ConnectionError. */
export async function openSource(source: Source, edge: Edge): Promise<OpenSource> {
  if (source.kind === 'file') {
    const { openFile } = await import('./cluster/file/open.ts');
    const cluster = await openFile(source.path, source.at === undefined ? {} : { at: source.at });
    return { cluster, namespace: undefined, close: () => {}, checkReachable: () => {} };
  }
  const { connect } = await import('./cluster/live/connect.ts');
  const connection = await connect(source.connection, {
    variables: edge.variables,
    version: edge.version,
    isInteractive: edge.isStdinTerminal,
    tell: (line) => edge.stderr.write(`${line}\n`),
    signal: edge.signal,
  });
  connection.open();
  return {
    cluster: connection.cluster,
    namespace: connection.namespace,
    close: connection.close,
    checkReachable() {
      const problem = connection.problem();
      if (problem !== undefined) throw new ConnectionError(problem);
    },
  };
}
