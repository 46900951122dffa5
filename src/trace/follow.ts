import type { Cluster, Query } from '../cluster/cluster.ts';
import type { Read } from '../model/read.ts';
import { type Answers, type Lookup, lookupIn, queryKey } from './lookup.ts';

/** More rounds than any path is deep: a bound against a trace that never stops asking. */
const MOST_ROUNDS = 12;

/** Told before each round of reads: its number from 1 on, and what it reads. */
export type OnRound = (round: number, queries: readonly Query[]) => void;

/**
 * Builds a value by pure tracing over a cluster: runs `build`, reads what it asked for in parallel, and runs it
 * again with the answers, until it asks for nothing new. Rounds are bounded by how deep references go, not by
 * how many there are.
 */
export async function follow<T>(
  cluster: Cluster,
  wide: { readonly namespace?: string } | undefined,
  build: (lookup: Lookup) => T,
  onRound: OnRound = () => {},
  logSeconds?: number,
): Promise<T> {
  const answers = new Map<string, { query: Query; read: Read<unknown> }>();
  const now = cluster.now();
  for (let round = 1; ; round++) {
    const lookup = lookupIn(answers as Answers, now, wide, logSeconds);
    const value = build(lookup);
    const queries = lookup.wanted();
    if (queries.length === 0 || round > MOST_ROUNDS) return value;
    onRound(round, queries);
    await Promise.all(
      queries.map(async (query) => answers.set(queryKey(query), { query, read: await read(cluster, query) })),
    );
  }
}

function read(cluster: Cluster, query: Query): Promise<Read<unknown>> {
  switch (query.verb) {
    case 'get':
      return cluster.get(query);
    case 'list':
      return cluster.list(query);
    case 'logs':
      return cluster.logs(query);
  }
}
