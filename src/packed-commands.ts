import { readFileSync } from 'node:fs';
import path from 'node:path';
import { getRawAsset, isSea } from 'node:sea';
import { Script } from 'node:vm';
import type { runCommandLine as RunCommandLine } from './commands.ts';

// Stands in the place of commands.ts in the first file of the bundle. The second file is loaded here, as an asset of
// the binary or from beside the first file, with V8's code cache where the binary has one for its platform.

type Commands = { readonly runCommandLine: typeof RunCommandLine };
type Load = (module: { exports: Commands | undefined }, require: (id: string) => unknown) => void;

/** {@link RunCommandLine} of the second file. */
export const runCommandLine: typeof RunCommandLine = (edge) => load().runCommandLine(edge);

function load(): Commands {
  const filename = 'commands.cjs';
  const cachedData = asset('commands.cache');
  const source = asset(filename) ?? readFileSync(path.join(import.meta.dirname, filename));
  // A cache of another V8 is passed over.
  const script = new Script(source.toString('utf8'), { filename, ...(cachedData && { cachedData }) });
  const module = { exports: undefined as Commands | undefined };
  // All packages are in the bundle: what is left to require is Node's own.
  (script.runInThisContext() as Load)(module, (id) => process.getBuiltinModule(id));
  if (module.exports === undefined) throw new TypeError(`${filename} exports nothing`);
  return module.exports;
}

/** A part of the single binary; `undefined` outside it, and for what it does not hold. */
function asset(name: string): Buffer | undefined {
  if (!isSea()) return undefined;
  try {
    return Buffer.from(getRawAsset(name));
  } catch {
    return undefined;
  }
}
