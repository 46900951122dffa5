import type { Query } from '../../src/cluster/cluster.ts';
import { failed, found, type Read } from '../../src/model/read.ts';
import { isPending, lookupIn, queryKey } from '../../src/trace/lookup.ts';

const now = new Date('2026-03-02T12:00:00Z');
const pods = [
  { kind: 'Pod', metadata: { namespace: 'shop', name: 'web-1', labels: { app: 'web' } } },
  { kind: 'Pod', metadata: { namespace: 'shop', name: 'api-1', labels: { app: 'api' } } },
  { kind: 'Pod', metadata: { namespace: 'blog', name: 'web-1', labels: { app: 'web' } } },
];

function answers(...entries: readonly (readonly [Query, Read<unknown>])[]) {
  return new Map(entries.map(([query, read]) => [queryKey(query), { query, read }]));
}

test('a question that was not read yet is pending, and wanted once', () => {
  const lookup = lookupIn(new Map(), now);
  expect(isPending(lookup.get('Service', 'shop', 'web'))).toBe(true);
  expect(isPending(lookup.get('Service', 'shop', 'web'))).toBe(true);
  expect(lookup.wanted()).toEqual([{ verb: 'get', kind: 'Service', namespace: 'shop', name: 'web' }]);
  expect(lookup.failures()).toEqual([]);
});

test('a read that failed is told, but a log that does not exist is an answer', () => {
  const log = { namespace: 'shop', pod: 'web-1', container: 'app', previous: true, tailLines: 10 };
  const lookup = lookupIn(
    answers(
      [{ verb: 'list', kind: 'Node' }, failed('forbidden', 'nodes', 'no')],
      [{ verb: 'logs', ...log }, failed('not-found', 'log', 'no previous run')],
    ),
    now,
  );
  expect(lookup.list('Node', {}).ok).toBe(false);
  expect(lookup.logs(log).ok).toBe(false);
  expect(lookup.failures().map(({ what }) => what)).toEqual(['nodes']);
});

test('in wide mode one list of a kind answers every narrower question about it', () => {
  const lookup = lookupIn(answers([{ verb: 'list', kind: 'Pod' }, found(pods)]), now, {});
  const web = lookup.list('Pod', { namespace: 'shop', labelSelector: 'app=web' });
  expect(web).toEqual(found([pods[0]]));
  expect(lookup.get('Pod', 'blog', 'web-1')).toEqual(found(pods[2]));
  expect(lookup.get('Pod', 'blog', 'api-1')).toEqual(found(undefined));
  expect(lookup.wanted()).toEqual([]);
});

test('in wide mode of all namespaces a search by name is answered from the same list', () => {
  const list = { verb: 'list', kind: 'Pod' } as const;
  const wide = lookupIn(answers([list, found(pods)]), now, {});
  const byName = { fieldSelector: 'metadata.name=web-1' };
  expect(wide.list('Pod', byName)).toEqual(found([pods[0], pods[2]]));
  expect(wide.list('Pod', { ...byName, labelSelector: 'app=api' })).toEqual(found([]));
  expect(wide.wanted()).toEqual([]);
  const narrow = lookupIn(answers([list, found(pods)]), now, { namespace: 'shop' });
  expect(isPending(narrow.list('Pod', byName))).toBe(true);
});

test('in wide mode of one namespace other namespaces are asked about narrowly', () => {
  const lookup = lookupIn(new Map(), now, { namespace: 'shop' });
  lookup.list('Pod', { namespace: 'shop', labelSelector: 'app=web' });
  lookup.list('Pod', { namespace: 'ingress-nginx', labelSelector: 'app=proxy' });
  expect(lookup.wanted()).toEqual([
    { verb: 'list', kind: 'Pod', namespace: 'shop' },
    { verb: 'list', kind: 'Pod', namespace: 'ingress-nginx', labelSelector: 'app=proxy' },
  ]);
});

test('in wide mode a Secret that is none of type kubernetes.io/tls is asked for by name', () => {
  const list = { verb: 'list', kind: 'Secret', fieldSelector: 'type=kubernetes.io/tls' } as const;
  const lookup = lookupIn(answers([list, found([])]), now, {});
  expect(isPending(lookup.get('Secret', 'shop', 'web-tls'))).toBe(true);
  expect(lookup.wanted()).toEqual([{ verb: 'get', kind: 'Secret', namespace: 'shop', name: 'web-tls' }]);
});

test('in wide mode logs are read as long as there are few Ingresses', () => {
  const log = { namespace: 'shop', pod: 'web-1', container: 'app', previous: false, tailLines: 10 };
  const ingresses = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ metadata: { namespace: 'shop', name: `web-${index}` } }));
  const few = lookupIn(answers([{ verb: 'list', kind: 'Ingress' }, found(ingresses(5))]), now, {});
  expect(isPending(few.logs(log))).toBe(true);
  const many = lookupIn(answers([{ verb: 'list', kind: 'Ingress' }, found(ingresses(6))]), now, {});
  expect(many.logs(log)).toEqual(found(''));
  const elsewhere = { namespace: 'blog' };
  const others = lookupIn(answers([{ verb: 'list', kind: 'Ingress' }, found(ingresses(6))]), now, elsewhere);
  expect(isPending(others.logs(log))).toBe(true);
});
