import { createHash } from 'node:crypto';

// Offsets of mach-o/loader.h, little-endian, and of xnu's osfmk/kern/cs_blobs.h, big-endian.

const magic64 = 0xfeedfacf;
const headerSize = 32;
const command = { segment: 0x19, codeSignature: 0x1d };
const arm64 = 0x0100000c;

const blob = {
  superBlob: 0xfade0cc0,
  codeDirectory: 0xfade0c02,
  requirements: 0xfade0c01,
  wrapper: 0xfade0b01,
};
const slot = { codeDirectory: 0, requirements: 2, signature: 0x10000 };
const directoryVersion = 0x20400;
const directorySize = 88;
const adHoc = 0x2;
const mainBinary = 1n;
const hash = { size: 32, sha256: 2 };
const pageBits = 12;
const specialSlots = 2;

/**
 * A Mach-O executable with an ad-hoc signature: hashes of its pages and no signer, without which macOS on arm64 starts
 * nothing. Throws where the file is no 64-bit Mach-O, is signed, or has no room for the load command.
 */
export function signMachO(file: Buffer, identifier: string): Buffer {
  if (file.readUInt32LE(0) !== magic64) throw new Error('not a 64-bit Mach-O file');
  const commands = commandsOf(file);
  if (commands.some(({ type }) => type === command.codeSignature)) throw new Error('already signed');
  const text = segment(file, commands, '__TEXT');
  const linkEdit = segment(file, commands, '__LINKEDIT');
  if (linkEdit.fileOffset + linkEdit.fileSize !== file.length)
    throw new Error('the file does not end with __LINKEDIT');

  const codeEnd = roundUp(file.length, 16);
  const size = roundUp(signatureSize(codeEnd, identifier), 16);
  const signed = Buffer.alloc(codeEnd + size);
  file.copy(signed);

  const commandsEnd = headerSize + file.readUInt32LE(20);
  if (commandsEnd + 16 > firstContent(file, commands)) throw new Error('no room for another load command');
  signed.writeUInt32LE(command.codeSignature, commandsEnd);
  signed.writeUInt32LE(16, commandsEnd + 4);
  signed.writeUInt32LE(codeEnd, commandsEnd + 8);
  signed.writeUInt32LE(size, commandsEnd + 12);
  signed.writeUInt32LE(commands.length + 1, 16);
  signed.writeUInt32LE(file.readUInt32LE(20) + 16, 20);
  const linkEditSize = signed.length - linkEdit.fileOffset;
  signed.writeBigUInt64LE(BigInt(linkEditSize), linkEdit.at + 48);
  const page = file.readUInt32LE(4) === arm64 ? 0x4000 : 0x1000;
  signed.writeBigUInt64LE(BigInt(roundUp(linkEditSize, page)), linkEdit.at + 32);

  signature(signed.subarray(0, codeEnd), identifier, text).copy(signed, codeEnd);
  return signed;
}

interface Command {
  readonly type: number;
  readonly at: number;
}

function commandsOf(file: Buffer): readonly Command[] {
  let at = headerSize;
  return Array.from({ length: file.readUInt32LE(16) }, () => {
    const found = { type: file.readUInt32LE(at), at };
    at += file.readUInt32LE(at + 4);
    return found;
  });
}

interface Segment {
  readonly at: number;
  readonly fileOffset: number;
  readonly fileSize: number;
}

function segment(file: Buffer, commands: readonly Command[], name: string): Segment {
  const padded = name.padEnd(16, '\0');
  const found = commands.find(
    ({ type, at }) => type === command.segment && file.toString('latin1', at + 8, at + 24) === padded,
  );
  if (found === undefined) throw new Error(`there is no ${name}`);
  const { at } = found;
  return {
    at,
    fileOffset: Number(file.readBigUInt64LE(at + 40)),
    fileSize: Number(file.readBigUInt64LE(at + 48)),
  };
}

/** Where the first section's bytes begin: load commands can grow up to there. */
function firstContent(file: Buffer, commands: readonly Command[]): number {
  const offsets = commands
    .filter(({ type }) => type === command.segment)
    .flatMap(({ at }) =>
      Array.from({ length: file.readUInt32LE(at + 64) }, (_, index) =>
        file.readUInt32LE(at + 72 + index * 80 + 48),
      ),
    );
  return Math.min(...offsets.filter((offset) => offset > 0));
}

function signature(code: Buffer, identifier: string, text: Segment): Buffer {
  const requirements = words(blob.requirements, 12, 0);
  const directory = codeDirectory(code, identifier, text, requirements);
  const parts = [
    { type: slot.codeDirectory, bytes: directory },
    { type: slot.requirements, bytes: requirements },
    { type: slot.signature, bytes: words(blob.wrapper, 8) },
  ];
  let offset = 12 + parts.length * 8;
  const index = parts.map(({ type, bytes }) => {
    const entry = words(type, offset);
    offset += bytes.length;
    return entry;
  });
  return Buffer.concat([
    words(blob.superBlob, offset, parts.length),
    ...index,
    ...parts.map(({ bytes }) => bytes),
  ]);
}

function signatureSize(codeEnd: number, identifier: string): number {
  const blobs = directoryLength(codeEnd, identifier) + 12 + 8;
  return 12 + 3 * 8 + blobs;
}

function directoryLength(codeEnd: number, identifier: string): number {
  return hashesOffset(identifier) + Math.ceil(codeEnd / 2 ** pageBits) * hash.size;
}

function hashesOffset(identifier: string): number {
  return directorySize + Buffer.byteLength(identifier) + 1 + specialSlots * hash.size;
}

function codeDirectory(code: Buffer, identifier: string, text: Segment, requirements: Buffer): Buffer {
  const directory = Buffer.alloc(directoryLength(code.length, identifier));
  const pageSize = 2 ** pageBits;
  const pages = Math.ceil(code.length / pageSize);
  const hashes = hashesOffset(identifier);
  words(blob.codeDirectory, directory.length, directoryVersion, adHoc, hashes, directorySize).copy(directory);
  words(specialSlots, pages, code.length).copy(directory, 24);
  directory.set([hash.size, hash.sha256, 0, pageBits], 36);
  directory.writeBigUInt64BE(BigInt(text.fileOffset), 64);
  directory.writeBigUInt64BE(BigInt(text.fileSize), 72);
  directory.writeBigUInt64BE(mainBinary, 80);
  directory.write(identifier, directorySize);
  // Special slots count downwards from the page hashes; the first, of an Info.plist, stays zero.
  sha256(requirements).copy(directory, hashes - slot.requirements * hash.size);
  for (let page = 0; page < pages; page++) {
    sha256(code.subarray(page * pageSize, (page + 1) * pageSize)).copy(directory, hashes + page * hash.size);
  }
  return directory;
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
}

function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
