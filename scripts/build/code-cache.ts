import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Script } from 'node:vm';

// node scripts/build/code-cache.ts FILE CACHE: makes V8's code cache of the bundle's second file, for the platform and
// the version of Node that run this; others pass it over. Without flags, as in the binary: V8 refuses a cache that was
// made under others.

/** The same commit gives the same bytes: no randomness, and no collection of garbage, which ages what it finds. */
const steady = [
  '--hash-seed=1',
  '--single-threaded-gc',
  '--no-flush-bytecode',
  '--min-semi-space-size=64',
  '--max-semi-space-size=64',
];

/** Where a cache says under which flags it was made (SerializedCodeData in V8's code-serializer.h). */
const flagsAt = 12;
const flagsEnd = 16;

const [, , file = '', cache = ''] = process.argv;
const warmUp = path.join(import.meta.dirname, 'warm-up.ts');
execFileSync(process.execPath, ['--no-warnings', ...steady, warmUp, file, cache], { stdio: 'inherit' });
const made = readFileSync(cache);
// None of those flags changes the code: the cache passes as one that was made without them.
new Script('').createCachedData().copy(made, flagsAt, flagsAt, flagsEnd);
writeFileSync(cache, made);

const { cachedDataRejected } = new Script(readFileSync(file, 'utf8'), {
  filename: path.basename(file),
  cachedData: made,
});
if (cachedDataRejected) throw new Error(`V8 refuses the code cache ${cache} that it has just made`);
