/** Why a read gave nothing. `not-captured` is a file's answer for what it does not hold. */
export type ReadFailureReason =
  | 'unauthorized'
  | 'forbidden'
  | 'not-served'
  | 'timed-out'
  | 'not-captured'
  | 'not-found'
  | 'failed';

/** A read that could not be done: "could not look", which is never "is absent". */
export interface ReadFailure {
  readonly reason: ReadFailureReason;
  /** What was read, in the user's words: `pods in shop`. */
  readonly what: string;
  /** The server's own words, or those of the failing call. */
  readonly message: string;
}

/**
 * The answer to a read: what was found, or why not.
 * A `get` of an object that does not exist succeeds with `undefined`.
 */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: ReadFailure };

/** A read that succeeded. */
export function found<T>(value: T): Read<T> {
  return { ok: true, value };
}

/** A read that did not. */
export function failed(reason: ReadFailureReason, what: string, message: string): Read<never> {
  return { ok: false, failure: { reason, what, message } };
}

/** Applies a function to what a read found; a failure stays the same failure. */
export function mapRead<T, U>(read: Read<T>, change: (value: T) => U): Read<U> {
  return read.ok ? found(change(read.value)) : read;
}

/** What was found, or the given value when the read failed. Only for what may safely be missing, such as extra evidence. */
export function valueOr<T>(read: Read<T>, otherwise: T): T {
  return read.ok ? read.value : otherwise;
}

/** All lists in one; the first failure when one of them failed. */
export function joinReads<T>(reads: readonly Read<readonly T[]>[]): Read<readonly T[]> {
  const all: T[] = [];
  for (const read of reads) {
    if (!read.ok) return read;
    all.push(...read.value);
  }
  return found(all);
}
