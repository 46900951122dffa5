import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stripElf } from '../../scripts/package/elf-strip.ts';
import { signMachO } from '../../scripts/package/macho-sign.ts';
import { unsignPe, withChecksum } from '../../scripts/package/pe-unsign.ts';

// The binaries themselves are read by independent readers in proofs/; here are the edges, on small files.

describe('stripElf', () => {
  test('refuses what is no ELF file', () => {
    expect(() => stripElf(Buffer.from('#!/bin/sh\nexit 0\n'))).toThrow('not a 64-bit little-endian ELF file');
  });

  test('keeps what is loaded and strips no more the second time', () => {
    const file = readFileSync('/bin/true');
    const stripped = stripElf(file);
    // Up to its section headers the file is as it was, but for where it says that they are.
    const end = Number(stripped.readBigUInt64LE(40));
    expect(end).toBeLessThanOrEqual(file.length);
    expect(stripped.subarray(64, 4096).equals(file.subarray(64, 4096))).toBe(true);
    expect(stripElf(stripped).equals(stripped)).toBe(true);
  });
});

/** The least that can be signed: `__TEXT` with one section, and `__LINKEDIT`. */
function machO(sectionOffset = 0x1000): Buffer {
  const file = Buffer.alloc(0x2010, 1);
  file.fill(0, 0, 0x400);
  const segment = (
    at: number,
    name: string,
    size: number,
    offset: number,
    bytes: number,
    sections: number,
  ) => {
    file.writeUInt32LE(0x19, at);
    file.writeUInt32LE(size, at + 4);
    file.write(name, at + 8);
    file.writeBigUInt64LE(BigInt(offset), at + 40);
    file.writeBigUInt64LE(BigInt(bytes), at + 48);
    file.writeUInt32LE(sections, at + 64);
  };
  file.writeUInt32LE(0xfeedfacf, 0);
  file.writeUInt32LE(0x0100000c, 4);
  file.writeUInt32LE(2, 16);
  file.writeUInt32LE(152 + 72, 20);
  segment(32, '__TEXT', 152, 0, 0x2000, 1);
  file.writeUInt32LE(sectionOffset, 32 + 72 + 48);
  segment(32 + 152, '__LINKEDIT', 72, 0x2000, 0x10, 0);
  return file;
}

describe('signMachO', () => {
  test('hashes every page, the last one as far as it goes', () => {
    const signed = signMachO(machO(), 'name');
    const directory = signed.subarray(0x2010 + 36);
    expect(directory.readUInt32BE(0)).toBe(0xfade0c02);
    const hashes = directory.readUInt32BE(16);
    expect(directory.readUInt32BE(28)).toBe(3);
    for (const [page, end] of [0x1000, 0x2000, 0x2010].entries()) {
      const hash = createHash('sha256')
        .update(signed.subarray(page * 0x1000, end))
        .digest('hex');
      expect(directory.toString('hex', hashes + page * 32, hashes + page * 32 + 32)).toBe(hash);
    }
  });

  test('refuses what it would spoil', () => {
    expect(() => signMachO(Buffer.alloc(64), 'name')).toThrow('not a 64-bit Mach-O file');
    expect(() => signMachO(signMachO(machO(), 'name'), 'name')).toThrow('already signed');
    expect(() => signMachO(machO(32 + 152 + 72 + 8), 'name')).toThrow('no room');
    expect(() => signMachO(Buffer.concat([machO(), Buffer.alloc(1)]), 'name')).toThrow(
      'does not end with __LINKEDIT',
    );
  });
});

/** The headers of a Windows executable, with a signature of 16 bytes where `signature` says. */
function portable(signature?: number): Buffer {
  const file = Buffer.alloc(0x200 + (signature === undefined ? 0 : 16), 3);
  file.fill(0, 0, 0x200);
  file.writeUInt32LE(0x40, 0x3c);
  file.write('PE\0\0', 0x40);
  file.writeUInt16LE(0x20b, 0x58);
  if (signature !== undefined) {
    file.writeUInt32LE(signature, 0x58 + 144);
    file.writeUInt32LE(16, 0x58 + 148);
  }
  return file;
}

describe('unsignPe and withChecksum', () => {
  test('take the signature away and leave a file without one as it is', () => {
    expect(unsignPe(portable(0x200)).equals(portable())).toBe(true);
    expect(unsignPe(portable()).equals(portable())).toBe(true);
  });

  test('the checksum is that of Windows', () => {
    const words = [0x5a4d, 0x40, 0x4550, 0x20b];
    const file = portable();
    file.write('MZ');
    const sum = words.reduce((total, word) => total + word, 0) + file.length;
    expect(withChecksum(file).readUInt32LE(0x58 + 64)).toBe(sum);
    expect(withChecksum(withChecksum(file)).equals(withChecksum(file))).toBe(true);
  });

  test('refuse what they would spoil', () => {
    expect(() => unsignPe(portable(0x100))).toThrow('does not end with its signature');
    expect(() => withChecksum(portable(0x200))).toThrow('a signature is left');
    expect(() => unsignPe(Buffer.alloc(0x100))).toThrow('not a 64-bit Windows executable');
  });
});
