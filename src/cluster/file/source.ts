import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { isRecord } from '../../kubernetes/record.ts';
import { FileError } from './error.ts';
import { BUNDLE_FOLDER, type FileRole, roleOf } from './layout.ts';

/** A text that was read, and what it holds. */
export interface SourceText {
  /** For messages: the path as the user would write it. */
  readonly name: string;
  readonly role: FileRole;
  readonly text: string;
}

/** The most bytes of one file that are read; Node holds no string of twice that. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Reads a file, a folder with all below it, or standard input (`-`). Throws a FileError when that cannot be done. */
export async function readSource(path: string): Promise<readonly SourceText[]> {
  if (path === '-')
    return [{ name: 'standard input', role: { holds: 'objects' }, text: await readStandardInput() }];
  const isFolder = await explain(path, async () => (await stat(path)).isDirectory());
  if (!isFolder) return [{ name: path, role: { holds: 'objects' }, text: await readText(path) }];
  const texts: SourceText[] = [];
  const paths = await explain(path, () => filesBelow(path, ''));
  // What else a support bundle holds is not for us, and not always well-formed.
  const inBundle = paths.filter((relative) => relative.split('/').includes(BUNDLE_FOLDER));
  for (const relative of inBundle.length > 0 ? inBundle : paths) {
    const role = roleOf(relative);
    if (!role) continue;
    const name = join(path, relative);
    texts.push({ name, role, text: await readText(name) });
  }
  return texts;
}

/** Paths below the folder, with `/`, sorted; hidden ones and links to folders are left out. */
async function filesBelow(root: string, below: string): Promise<string[]> {
  const entries = await readdir(join(root, below), { withFileTypes: true });
  const paths: string[] = [];
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const path = posix.join(below, entry.name);
    if (entry.isDirectory()) paths.push(...(await filesBelow(root, path)));
    else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(join(root, path))))) paths.push(path);
  }
  return paths;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function readText(path: string): Promise<string> {
  const bytes = await explain(path, async () => {
    const { size } = await stat(path);
    if (size > MAX_BYTES) throw new FileError(`${path}: is too large (${size} bytes; at most ${MAX_BYTES})`);
    return readFile(path);
  });
  return decode(bytes);
}

async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of createReadStream('', { fd: 0, autoClose: false })) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BYTES) throw new FileError(`standard input: is too large (at most ${MAX_BYTES} bytes)`);
    chunks.push(bytes);
  }
  return decode(Buffer.concat(chunks));
}

/** UTF-8, or the UTF-16 that `>` writes in Windows PowerShell; a byte order mark is dropped, a wrong byte replaced. */
function decode(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
};

async function explain<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof FileError) throw error;
    const code = isRecord(error) ? String(error['code']) : 'unknown error';
    throw new FileError(`${path}: cannot be read: ${REASONS[code] ?? code}`);
  }
}
