/** Tells under which keys an item of a list is found. A constant of a module: it is what the grouping is kept by. */
export type KeysOf<T> = (item: T) => readonly string[];

const groupings = new WeakMap<object, Map<unknown, ReadonlyMap<string, readonly unknown[]>>>();

/**
 * The items of a list by their keys, in the list's order. Worked out once for the same list and keys: many Ingresses
 * ask the same lists, and a look at every item for each of them would cost the square of their number.
 */
export function grouped<T>(list: readonly T[], keysOf: KeysOf<T>): ReadonlyMap<string, readonly T[]> {
  const known = groupings.get(list) ?? new Map();
  groupings.set(list, known);
  const made = known.get(keysOf) ?? group(list, keysOf);
  known.set(keysOf, made);
  return made;
}

function group<T>(list: readonly T[], keysOf: KeysOf<T>): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    for (const key of keysOf(item)) {
      const others = groups.get(key);
      if (others === undefined) groups.set(key, [item]);
      else others.push(item);
    }
  }
  return groups;
}
