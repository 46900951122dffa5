import { constants, crc32, deflateRawSync, gzipSync } from 'node:zlib';

/** One file of an archive, at its top. */
export interface Entry {
  /** ASCII, at most 100 characters. */
  readonly name: string;
  readonly bytes: Buffer;
  readonly isExecutable: boolean;
}

/** All entries carry this moment, the first that a zip file can express: when a file was built is no part of it. */
const changed = Date.UTC(1980, 0, 1) / 1000;
const dosDate = (1 << 5) | 1;
const regularFile = 0o100000;

function modeOf({ isExecutable }: Entry): number {
  return isExecutable ? 0o755 : 0o644;
}

/** A gzipped ustar archive (POSIX.1-1988) whose bytes depend on nothing but the entries and the version of Node. */
export function tarGz(entries: readonly Entry[]): Buffer {
  const blocks = entries.flatMap((entry) => [tarHeader(entry), entry.bytes, fill(entry.bytes.length, 512)]);
  const tar = Buffer.concat([...blocks, Buffer.alloc(1024)]);
  return gzipSync(tar, { level: constants.Z_BEST_COMPRESSION });
}

function tarHeader(entry: Entry): Buffer {
  const header = Buffer.alloc(512);
  const octal = (value: number, at: number, digits: number) =>
    header.write(`${value.toString(8).padStart(digits, '0')}\0`, at, 'latin1');
  header.write(entry.name, 0, 'latin1');
  octal(modeOf(entry), 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(entry.bytes.length, 124, 11);
  octal(changed, 136, 11);
  header.write('0', 156, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

/** A zip archive (PKWARE's APPNOTE) whose bytes depend on nothing but the entries and the version of Node. */
export function zip(entries: readonly Entry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name, 'latin1');
    const packed = deflateRawSync(entry.bytes, { level: constants.Z_BEST_COMPRESSION });
    const common = commonFields(entry, packed.length);
    const local = Buffer.concat([numbers([0x04034b50, 4]), common, name, packed]);
    directory.push(
      numbers([0x02014b50, 4], [madeByUnix, 2]),
      common,
      numbers([0, 2], [0, 2], [0, 2], [(regularFile | modeOf(entry)) * 0x10000, 4], [offset, 4]),
      name,
    );
    files.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const count = entries.length;
  const end = numbers(
    [0x06054b50, 4],
    [0, 4],
    [count, 2],
    [count, 2],
    [index.length, 4],
    [offset, 4],
    [0, 2],
  );
  return Buffer.concat([...files, index, end]);
}

const zipVersion = 20;
const madeByUnix = (3 << 8) | zipVersion;
const deflated = 8;

/** From the version that is needed to unpack up to the length of the extra field. */
function commonFields({ name, bytes }: Entry, packedSize: number): Buffer {
  return numbers(
    ...([
      [zipVersion, 2],
      [0, 2],
      [deflated, 2],
      [0, 2],
      [dosDate, 2],
    ] as const),
    ...([
      [crc32(bytes), 4],
      [packedSize, 4],
      [bytes.length, 4],
      [name.length, 2],
      [0, 2],
    ] as const),
  );
}

/** Little-endian numbers, each with its size in bytes. */
function numbers(...fields: readonly (readonly [value: number, size: 2 | 4])[]): Buffer {
  return Buffer.concat(
    fields.map(([value, size]) => {
      const bytes = Buffer.alloc(size);
      bytes.writeUIntLE(value, 0, size);
      return bytes;
    }),
  );
}

function fill(length: number, unit: number): Buffer {
  return Buffer.alloc((unit - (length % unit)) % unit);
}
